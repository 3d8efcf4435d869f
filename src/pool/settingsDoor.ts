import { checkSettings, parseConfig } from '../ngc/config/parse.ts';
import type { ModelConfig } from '../ngc/config/settings.ts';
import type { Lesions, NeuronAddress } from '../ngc/lesions.ts';
import type { Check } from '../shared/checks.ts';
import { list, plain, record, whole, yesOrNo } from '../shared/checks.ts';

/** A network has fewer layers, its pixels counted. */
export const LAYERS = 17;
const layer = whole(0, LAYERS);

/** Settings of a network. */
export const config: Check<ModelConfig> = (value, what) =>
  parseConfig(checkSettings(plain(value, what)));

/** What is cut. */
export const lesions = record<Lesions>({
  ...{ lateral: yesOrNo, precision: yesOrNo, errorSynapses: yesOrNo },
  ...{ leak: yesOrNo, topDown: yesOrNo },
  layers: list(layer, LAYERS),
  units: list(record<NeuronAddress>({ layer, index: whole(0, 16383) }), LAYERS * 16384),
});
