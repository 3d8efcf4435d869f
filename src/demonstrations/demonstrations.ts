import type { ExhibitId, ShownOf } from '../exhibits/shown.ts';
import type { Demonstrate } from './demonstration.ts';

/** The program of an exhibit, which is loaded when it is first begun. */
export interface Program<S> {
  /** Whether it computes with tensors: TensorFlow.js is then started before. */
  readonly tensors: boolean;
  /** A network learns before the exhibit stands, which takes seconds. */
  readonly learnsFirst?: true;
  load(): Promise<Demonstrate<S>>;
}

/** The programs of all exhibits. */
export type Programs = { readonly [Id in ExhibitId]: Program<ShownOf[Id]> };

export const PROGRAMS: Programs = {
  'two-gaussians': {
    tensors: false,
    load: async () => (await import('./twoGaussians.ts')).twoGaussians,
  },
  settling: {
    ...{ tensors: true, learnsFirst: true },
    load: async () => (await import('./settling.ts')).settling,
  },
  depth: { tensors: true, load: async () => (await import('./depth.ts')).depth },
  stability: { tensors: true, load: async () => (await import('./stability.ts')).stability },
  skips: { tensors: true, load: async () => (await import('./skips.ts')).skips },
  starts: {
    ...{ tensors: true, learnsFirst: true },
    load: async () => (await import('./starts.ts')).starts,
  },
  'free-energy': {
    tensors: false,
    load: async () => (await import('./freeEnergy.ts')).demonstrateFreeEnergy,
  },
  springs: {
    tensors: false,
    load: async () => (await import('./springs.ts')).demonstrateSprings,
  },
  landscape: {
    tensors: false,
    load: async () => (await import('./landscape.ts')).demonstrateLandscape,
  },
  'tracked-dot': {
    tensors: false,
    load: async () => (await import('./trackedDot.ts')).demonstrateTrackedDot,
  },
  'learnt-motion': {
    tensors: false,
    load: async () => (await import('./learntMotion.ts')).demonstrateLearntMotion,
  },
  deeper: { tensors: true, load: async () => (await import('./deeper.ts')).deeper },
  'learnt-variance': {
    tensors: false,
    load: async () => (await import('./learntVariance.ts')).demonstrateLearntVariance,
  },
  twins: { tensors: true, load: async () => (await import('./twins.ts')).twins },
  cost: { tensors: false, load: async () => (await import('./cost.ts')).cost },
  limit: { tensors: true, load: async () => (await import('./limit.ts')).limit },
  exact: { tensors: true, load: async () => (await import('./exact.ts')).exact },
  waiting: { tensors: true, load: async () => (await import('./waiting.ts')).waiting },
  recall: { tensors: true, load: async () => (await import('./recall.ts')).recall },
  strangers: { tensors: true, load: async () => (await import('./strangers.ts')).strangers },
  cloud: { tensors: false, load: async () => (await import('./cloud.ts')).cloud },
  'many-ways': { tensors: true, load: async () => (await import('./manyWays.ts')).manyWays },
  folded: { tensors: true, load: async () => (await import('./folded.ts')).folded },
};
