import type { Lesions } from '../ngc/lesions.ts';
import type { Steering } from '../ngc/steering.ts';

export type { Lesions, NeuronAddress } from '../ngc/lesions.ts';
export { isIntact, isSilent, NO_LESIONS } from '../ngc/lesions.ts';
export type { Steering } from '../ngc/steering.ts';

/** Under what the step after a frame is made: with the frame it determines the next states. */
export interface Condition {
  /** The settings as they act: the leak is 0 where it is cut, more in a live episode. */
  readonly steering: Steering;
  readonly lesions: Lesions;
}
