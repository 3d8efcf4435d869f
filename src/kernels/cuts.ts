import type { Lesions } from '../ngc/lesions.ts';

/** What a batch's products leave out; all false for an intact network that sees its whole input. */
export interface Cuts {
  /** Whether pixels are hidden, and imagined. */
  readonly masked: boolean;
  readonly lateral: boolean;
  readonly precision: boolean;
  readonly errorSynapses: boolean;
  readonly topDown: boolean;
}

export const UNCUT: Cuts = {
  masked: false,
  lateral: false,
  precision: false,
  errorSynapses: false,
  topDown: false,
};

/** What of the lesions cuts products; the leak is a setting that acts, and silent neurons are a mask (network.ts, batch.ts). */
export function cutsOf(lesions: Lesions | null, masked: boolean): Cuts {
  const { lateral, precision, errorSynapses, topDown } = lesions ?? UNCUT;
  return { masked, lateral, precision, errorSynapses, topDown };
}

/** A name for what is cut, the same for the same cuts. */
export function cutsKey({ masked, lateral, precision, errorSynapses, topDown }: Cuts): string {
  return [masked, lateral, precision, errorSynapses, topDown].map(Number).join('');
}
