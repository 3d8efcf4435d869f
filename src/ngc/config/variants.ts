import type { ActivationName } from '../../engine/activations.ts';
import type { ErrorTarget } from '../equations/errors.ts';

export const VARIANTS = ['gncn-t1', 'gncn-t1-sigma', 'gncn-t2-lsigma', 'gncn-pdh'] as const;

/** The four models of Ororbia & Kifer 2022. */
export type Variant = (typeof VARIANTS)[number];

/** What makes a variant what it is: its wiring, and the defaults of the settings that differ. */
export interface VariantDefinition {
  /** The name the paper uses. */
  readonly title: string;
  readonly summary: string;
  /**
   * How an error reaches the layer above: back through the same synapses, gated by φ′ (type 1, Eq. 11), or
   * through error synapses of its own (type 2, Eq. 12).
   */
  readonly feedback: 'transpose' | 'error-synapses';
  /** What error neurons compare with the prediction: the state z, or its activity φ(z). */
  readonly target: ErrorTarget;
  /** Whether layer l also predicts layer l − 2 through M (α_m = 1 in Eq. 1). */
  readonly auxiliary: boolean;
  readonly defaults: {
    readonly activation: ActivationName;
    readonly meanActivation: ActivationName;
    readonly precision: 'inverse' | 'none';
    readonly lateral: 'groups' | 'none';
    readonly laplace: number;
  };
}

/*
 *  type 1                              type 2 (PDH adds the M arrows)
 *
 *  z3 ─W3→ mu2   e2 = (z2−mu2)·P2      z3 ─W3→ mu2   e2 = (φ(z2)−mu2)·P2   z3 ─M3→ mu1
 *  z2 ─W2→ mu1   e1 = (z1−mu1)·P1      z2 ─W2→ mu1   e1 = (φ(z1)−mu1)·P1   z2 ─M2→ mu0
 *  z1 ─W1→ mu0   e0 = x−mu0            z1 ─W1→ mu0   e0 = x−mu0
 *  e_{l−1} ─W_lᵀ ⊙ φ′→ z_l             e_{l−1} ─E_l→ z_l       z_l ─V_l→ z_l (columns compete)
 */
export const VARIANT_DEFINITIONS: Record<Variant, VariantDefinition> = {
  'gncn-t1': {
    title: 'GNCN-t1 (Rao & Ballard)',
    summary: 'Errors travel back through the generative synapses; error neurons are unweighted.',
    feedback: 'transpose',
    target: 'state',
    auxiliary: false,
    defaults: {
      activation: 'tanh',
      meanActivation: 'identity',
      precision: 'none',
      lateral: 'none',
      laplace: 0.01,
    },
  },
  'gncn-t1-sigma': {
    title: 'GNCN-t1-Σ (Friston)',
    summary: 'As t1, and each layer learns the precision of its error neurons.',
    feedback: 'transpose',
    target: 'state',
    auxiliary: false,
    defaults: {
      activation: 'relu',
      meanActivation: 'identity',
      precision: 'inverse',
      lateral: 'none',
      laplace: 0.01,
    },
  },
  'gncn-t2-lsigma': {
    title: 'GNCN-t2-LΣ',
    summary: 'Errors have synapses of their own, and neurons of a column compete.',
    feedback: 'error-synapses',
    target: 'activity',
    auxiliary: false,
    defaults: {
      activation: 'relu',
      meanActivation: 'relu',
      precision: 'inverse',
      lateral: 'groups',
      laplace: 0,
    },
  },
  'gncn-pdh': {
    title: 'GNCN-PDH',
    summary: 'As t2-LΣ, and each layer also predicts the layer two below it.',
    feedback: 'error-synapses',
    target: 'activity',
    auxiliary: true,
    defaults: {
      activation: 'relu',
      meanActivation: 'relu',
      precision: 'inverse',
      lateral: 'groups',
      laplace: 0,
    },
  },
};
