import { parseConfig } from '../../ngc/config/parse.ts';
import type { ModelConfig } from '../../ngc/config/settings.ts';

/** The network everything is timed on: the paper's, full size, all its equations. Its rate is too small to move it. */
export const BENCH_CONFIG: ModelConfig = parseConfig({
  variant: 'gncn-pdh',
  optimizer: 'sgd',
  learningRate: 1e-6,
});

/** One way to compute a settling step, at one batch size, made ready. */
export interface Trial {
  /** Puts everything back to the start, and waits until it is. */
  reset(): Promise<void>;
  /** `count` settling steps, and waits until they are done. */
  steps(count: number): Promise<void>;
  /** One weight update from where it stands; null where there is none. */
  readonly learn: (() => Promise<void>) | null;
  /** A whole training batch. Milliseconds that JavaScript was busy with it before it could go on; null as above. */
  readonly batch: (() => Promise<number>) | null;
  dispose(): void;
}
