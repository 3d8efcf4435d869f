import type { ModelConfig } from './config/settings.ts';
import type { Lesions } from './lesions.ts';

/** The settings that act on a settling episode from its next step on: what an executor reads every step. */
export const STEERING = ['beta', 'leak', 'laplace', 'lateralInhibition', 'selfExcitation'] as const;

/**
 * What steers the states (Eqs. 13–15): β, γ, λ, and the strengths in V (of no effect where the lateral pattern is "none" or a
 * matrix of the user's).
 */
export type Steering = Readonly<Record<(typeof STEERING)[number], number>>;

/** How much more than its self-excitation a state leaks in an enduring episode. */
const ENDURING_MARGIN = 0.05;

/** What an episode is made under, beside the settings. */
export interface Circumstances {
  /** Null or absent: the network is intact. */
  readonly lesions?: Lesions | null;
  /** Whether it goes on far beyond T, which needs a stronger leak. */
  readonly enduring?: boolean;
}

/**
 * The settings as they act: all as set but γ, which is 0 where the leak is cut. In an enduring episode it is at least a little
 * more than the self-excitation αe: an active neuron that nothing else moves grows by 1 + β(αe − γ) a step, which T steps bear
 * and hundreds do not (seen: pretrained type-2 models exceed 1e4 after 300 steps; with this leak they come to rest, at 52
 * nats instead of 43).
 */
export function actingSteering(config: ModelConfig, circumstances: Circumstances = {}): Steering {
  const { beta, laplace, lateralInhibition, selfExcitation } = config;
  const leak = actingLeak(config, circumstances);
  return { beta, leak, laplace, lateralInhibition, selfExcitation };
}

function actingLeak(config: ModelConfig, { lesions, enduring }: Circumstances): number {
  if (lesions?.leak) return 0;
  if (!enduring) return config.leak;
  const excites = config.lateral !== 'none' && !lesions?.lateral;
  return Math.max(config.leak, (excites ? config.selfExcitation : 0) + ENDURING_MARGIN);
}
