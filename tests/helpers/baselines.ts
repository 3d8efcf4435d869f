import type { ImageModel } from '../../src/engine/model.ts';
import type { SafetensorsFile } from '../../src/io/safetensors.ts';
import type { OpenedModel } from '../../src/models/files.ts';
import { bringToLife, readModel } from '../../src/models/files.ts';
import { autoencoders, classifiers } from '../../src/models/autoencoders.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import { AUTOENCODERS } from '../../src/autoencoders/config/settings.ts';
import type { Autoencoder } from '../../src/autoencoders/autoencoder.ts';

/** The model of a baseline's golden file. */
export function openedBaseline({ metadata, tensors }: SafetensorsFile): Promise<OpenedModel> {
  const config: unknown = JSON.parse(metadata['config']!);
  const parts = { prior: null, optimizer: null, training: null, sealed: false };
  return bringToLife(readModel({ config, parameters: tensors, ...parts }), opByOp);
}

/** What `trace` writes of a baseline's golden case, by name: of the model's file and its input. */
export async function tracedBaseline(
  file: SafetensorsFile,
  input: SafetensorsFile,
  steps?: number,
): Promise<Record<string, Float32Array>> {
  const { model, family } = await openedBaseline(file);
  const { tensors } = input;
  const [x, mask = null] = [tensors.get('x')!, tensors.get('mask')];
  const traced = await family.trace!(model, { ...input, x, mask, steps, how: undefined });
  model.dispose();
  return Object.fromEntries([...traced].map(([key, { data }]) => [key, data]));
}

/** Settings of baselines small enough to learn in a moment; 12 pixels. */
const SMALL = { sizes: [12, 16, 14, 3], batch: 5, initSd: 0.5 };

/** One of each autoencoder, small, with matrices large enough to matter. */
export function smallAutoencoder(
  variant: (typeof AUTOENCODERS)[number],
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Autoencoder> {
  const own = variant === 'gan-ae' ? { discriminator: [6, 4] } : {};
  const config = autoencoders.parse({ variant, ...SMALL, ...own, ...settings });
  return autoencoders.create(config, 3, opByOp);
}

type Make = (settings: Readonly<Record<string, unknown>>) => Promise<ImageModel>;

const autoencoderMakers = AUTOENCODERS.map(
  (variant) => [variant, (settings) => smallAutoencoder(variant, settings)] as [string, Make],
);
const makeDsrn: Make = (settings) =>
  classifiers.create(
    classifiers.parse({ variant: 'dsrn', ...SMALL, classes: 4, ...settings }),
    3,
    opByOp,
  );

/** One of every baseline that learns by backpropagation, by its kind. */
export const SMALL_BASELINES: readonly (readonly [variant: string, make: Make])[] = [
  ...autoencoderMakers,
  ['dsrn', makeDsrn],
];
