import type { ExhibitId, ShownOf } from '../exhibits/shown.ts';
import type { Demonstrate } from './demonstration.ts';

/** The program of an exhibit, which is loaded when it is first begun. */
export interface Program<S> {
  /** Whether it computes with tensors: TensorFlow.js is then started before. */
  readonly tensors: boolean;
  load(): Promise<Demonstrate<S>>;
}

/** The programs of all exhibits. */
export type Programs = { readonly [Id in ExhibitId]: Program<ShownOf[Id]> };

export const PROGRAMS: Programs = {
  'two-gaussians': {
    tensors: false,
    load: async () => (await import('./twoGaussians.ts')).twoGaussians,
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
  'learnt-variance': {
    tensors: false,
    load: async () => (await import('./learntVariance.ts')).demonstrateLearntVariance,
  },
  settling: { tensors: true, load: async () => (await import('./settling.ts')).settling },
  depth: { tensors: true, load: async () => (await import('./depth.ts')).depth },
  starts: { tensors: true, load: async () => (await import('./starts.ts')).starts },
  recall: { tensors: true, load: async () => (await import('./recall.ts')).recall },
  strangers: { tensors: true, load: async () => (await import('./strangers.ts')).strangers },
  cloud: { tensors: false, load: async () => (await import('./cloud.ts')).cloud },
  folded: { tensors: true, load: async () => (await import('./folded.ts')).folded },
};
