import type { NamedTensorMap, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { synapseChanges } from './changes.ts';
import type { Episode } from './episode.ts';
import { feedback, signalOf } from './equations.ts';
import { release, tidied } from './memory.ts';
import { advance } from './settling.ts';
import { begin, forwardPass } from './start.ts';
import type { State } from './state.ts';
import { errorAt, predictionAt, stateOf } from './state.ts';
import type { Wiring } from './wiring.ts';
import { layerAt } from './wiring.ts';

/*
 * Two ways in which predictive coding is backpropagation, to rounding (B6), from a forward start with both ends held:
 *
 *   Z-IL               γ = 1, and ΔW_l is read before step t = L − l, at the moment when the error arrives
 *   fixed prediction   mu, f′ and W·f′ stay as the forward pass left them; with γ = 1 the end is reached after L − 1 steps
 */

/** The wiring with the settings under which both hold. */
const plainly = (wiring: Wiring, rate: number): Wiring => ({
  ...wiring,
  settings: {
    ...wiring.settings,
    ...({ rate, momentum: 0, temperature: 0 } as const),
    ...({ order: 'parallel', schedule: 'none', init: 'forward', nudge: 1 } as const),
  },
});

/** ΔW_l and Δb_l by name, each read when the error arrives. The caller releases them. */
export function zeroDivergence(wiring: Wiring, x: Tensor2D, y: Tensor2D): NamedTensorMap {
  const one = plainly(wiring, 1);
  const episode: Episode = { rows: x.shape[0], input: x, output: y };
  const changes: NamedTensorMap = {};
  let state = begin(one, episode);
  for (let l = wiring.layers.length; l >= 1; l--) {
    Object.assign(
      changes,
      tidied(() => changeAt(one, state, l)),
    );
    const next = advance(one, episode, state);
    release(state);
    state = next;
  }
  release(state);
  return changes;
}

function changeAt(wiring: Wiring, state: State, l: number): NamedTensorMap {
  const { a, u } = predictionAt(state, l);
  return synapseChanges(l, a, signalOf(layerAt(wiring, l), errorAt(state, l), u));
}

/**
 * ΔW_l and Δb_l by name, with predictions that stay as the forward pass left them. The caller releases them.
 *
 * @param options `rate` γ, and `steps`; as it stands, the equilibrium is reached
 */
export function fixedPrediction(
  wiring: Wiring,
  x: Tensor2D,
  y: Tensor2D,
  { rate = 1, steps = wiring.layers.length - 1 }: { rate?: number; steps?: number } = {},
): NamedTensorMap {
  return tidied(() => {
    const last = wiring.layers.length;
    const z = forwardPass(wiring, x);
    const passed = stateOf(wiring, [...z.slice(0, last), y]);
    let errors = [...passed.errors];
    for (let step = 0; step < steps; step++) {
      // With mu_l fixed e_l moves as z_l does; where e_l comes to rest does not depend on P_l.
      const before = errors;
      errors = before.map((e, i) => {
        const l = i + 1;
        if (l === last) return e;
        const { u } = predictionAt(passed, l + 1);
        const back = feedback(layerAt(wiring, l + 1), before[l]!, u, z[l]!);
        return tf.add(e, tf.mul(tf.sub(back, e), rate));
      });
    }
    const changes: NamedTensorMap = {};
    errors.forEach((e, i) => {
      const { a, u } = predictionAt(passed, i + 1);
      Object.assign(changes, synapseChanges(i + 1, a, signalOf(layerAt(wiring, i + 1), e, u)));
    });
    return changes;
  });
}
