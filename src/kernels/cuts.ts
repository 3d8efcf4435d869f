import type { CompletionRule } from '../ngc/completion.ts';
import type { Lesions } from '../ngc/lesions.ts';

/** What a batch's products leave out; all false for an intact network that sees its whole input. */
export interface Cuts {
  /** What becomes of hidden pixels; null: none is hidden. */
  readonly hidden: CompletionRule | null;
  readonly lateral: boolean;
  readonly precision: boolean;
  readonly errorSynapses: boolean;
  readonly topDown: boolean;
}

export const UNCUT: Cuts = {
  hidden: null,
  lateral: false,
  precision: false,
  errorSynapses: false,
  topDown: false,
};

/** What of the lesions cuts products; the leak is a setting that acts, and silent neurons are a mask (network.ts, batch.ts). */
export function cutsOf(lesions: Lesions | null, hidden: CompletionRule | null): Cuts {
  const { lateral, precision, errorSynapses, topDown } = lesions ?? UNCUT;
  return { hidden, lateral, precision, errorSynapses, topDown };
}

/** A name for what is cut, the same for the same cuts. */
export function cutsKey({ hidden, lateral, precision, errorSynapses, topDown }: Cuts): string {
  return [lateral, precision, errorSynapses, topDown].map(Number).join('') + (hidden ?? '');
}
