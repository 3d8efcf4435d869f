import type { Lesions } from '../../src/ngc/lesions.ts';
import type { Model } from '../../src/ngc/model.ts';

/*
 * Settling of one image in plain float64 loops, straight from Eqs. 1, 9–15 and the definition of the lesions: the slow
 * implementation that the engine is held against.
 */

export const INTACT: Lesions = {
  lateral: false,
  precision: false,
  errorSynapses: false,
  leak: false,
  topDown: false,
  layers: [],
  units: [],
};

type Vector = number[];
type Matrix = Vector[];

const PHI: Record<string, (z: number) => number> = {
  relu: (z) => Math.max(0, z),
  tanh: Math.tanh,
  identity: (z) => z,
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
};
const DERIVATIVE: Record<string, (z: number) => number> = {
  relu: (z) => (z >= 0 ? 1 : 0),
  tanh: (z) => 1 - Math.tanh(z) ** 2,
};

/** v·M. */
const times = (v: Vector, M: Matrix): Vector =>
  M[0]!.map((_, j) => v.reduce((sum, value, i) => sum + value * M[i]![j]!, 0));
const transposed = (M: Matrix): Matrix => M[0]!.map((_, j) => M.map((row) => row[j]!));

/** What one neuron's change is made of, as each term enters it. */
export interface NaiveTerms {
  bottomUp: number;
  topDown: number;
  lateral: number;
  prior: number;
  leak: number;
}

export interface NaiveNow {
  /** Index l = 0 … L; z[0] is the input. */
  z: Vector[];
  phi: Vector[];
  mu: Vector[];
  e: Vector[];
  /** terms[l][j], l = 1 … L. */
  terms: NaiveTerms[][];
}

export async function naiveNetwork(model: Model) {
  const matrix = async (tensor: { array(): Promise<unknown> }) => (await tensor.array()) as Matrix;
  const { config, definition, layers } = model;
  const W: Matrix[] = [];
  const E: Matrix[] = [];
  const M: Matrix[] = [];
  const P: (Matrix | null)[] = [];
  for (let l = 1; l <= layers; l++) {
    W[l] = await matrix(model.W(l));
    if (definition.feedback === 'error-synapses') E[l] = await matrix(model.E(l));
    if (definition.auxiliary && l >= 2) M[l] = await matrix(model.M(l));
    const precision = model.precision(l);
    P[l] = precision ? await matrix(precision) : null;
  }
  /** φ(z)·V of a layer, from the definition of V. */
  const competition = (phi: Vector, l: number): Vector => {
    const { lateralInhibition, selfExcitation, groups, lateral } = model.config;
    const group = groups[l - 1]!;
    return phi.map((own, j) => {
      if (lateral === 'none') return 0;
      let sum = -selfExcitation * own;
      phi.forEach((value, i) => {
        const rivals =
          lateral === 'groups'
            ? Math.floor(i / group) === Math.floor(j / group)
            : Math.abs(i - j) < group;
        if (i !== j && rivals) sum += lateralInhibition * value;
      });
      return sum;
    });
  };
  const silent = (lesions: Lesions, l: number, j: number) =>
    lesions.layers.includes(l) || lesions.units.some((u) => u.layer === l && u.index === j);

  return {
    /** What a network does with these states, and what moves them. */
    now(states: Vector[], lesions: Lesions): NaiveNow {
      const { leak, laplace } = model.config;
      const z = states.map((layer, l) =>
        l === 0 ? layer : layer.map((v, j) => (silent(lesions, l, j) ? 0 : v)),
      );
      const phi = z.map((layer, l) =>
        l === 0
          ? layer
          : layer.map((v, j) => (silent(lesions, l, j) ? 0 : PHI[config.activation]!(v))),
      );
      const mu = Array.from({ length: layers }, (_, l) => {
        let h = times(phi[l + 1]!, W[l + 1]!);
        const far = M[l + 2];
        if (far) h = h.map((v, j) => v + times(phi[l + 2]!, far)[j]!);
        if (l === 0) return h.map(PHI['sigmoid']!);
        return lesions.topDown ? h.map(() => 0) : h.map(PHI[config.meanActivation]!);
      });
      const target = definition.target === 'state' ? z : phi;
      const e = mu.map((mean, l) => {
        const miss = mean.map((m, j) => target[l]![j]! - m);
        const precision = l === 0 || lesions.precision ? null : P[l];
        return precision ? times(miss, precision) : miss;
      });
      const terms = z.map((layer, l) => {
        if (l === 0) return [];
        const carried =
          definition.feedback === 'transpose'
            ? times(e[l - 1]!, transposed(W[l]!)).map(
                (v, j) => v * DERIVATIVE[config.activation]!(z[l]![j]!),
              )
            : times(e[l - 1]!, E[l]!);
        const rivals = competition(phi[l]!, l);
        return layer.map((v, j): NaiveTerms => {
          if (silent(lesions, l, j))
            return { bottomUp: 0, topDown: 0, lateral: 0, prior: 0, leak: 0 };
          return {
            bottomUp: lesions.errorSynapses ? 0 : carried[j]!,
            topDown: l < layers ? -e[l]![j]! : 0,
            lateral: lesions.lateral ? 0 : -rivals[j]!,
            prior: -laplace * Math.sign(v),
            leak: lesions.leak ? 0 : -leak * v,
          };
        });
      });
      return { z, phi, mu, e, terms };
    },
    /** The states one step later; pixels are all seen. */
    step({ z, terms }: NaiveNow): Vector[] {
      const { beta } = model.config;
      return z.map((layer, l) =>
        layer.map((v, j) => {
          if (l === 0) return v;
          const t = terms[l]![j]!;
          return v + beta * (t.bottomUp + t.topDown + t.lateral + t.prior + t.leak);
        }),
      );
    },
  };
}
