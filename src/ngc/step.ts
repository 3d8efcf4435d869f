import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { ACTIVATIONS } from '../engine/activations.ts';
import type { Activity } from './activity.ts';
import { errorNeurons } from './equations/errors.ts';
import { predict } from './equations/predict.ts';
import type { StateTerms } from './equations/states.ts';
import { bottomUpTerm, moveStates, stateChange, stateTerms } from './equations/states.ts';
import type { Wiring } from './wiring.ts';

/*
 * A settling step in plain TensorFlow.js operations (ngc.md, Settling): states, then what follows from them. The readable
 * oracle, on every backend.
 */

export const living = (term: Tensor2D, alive: Tensor2D | null | undefined): Tensor2D =>
  alive ? tf.mul(term, alive) : term;

/**
 * Activity, predictions and errors that follow from states; `z[0]` is the input. Call inside a tidy.
 *
 * @param silent the mask [B, J0] of an input whose hidden pixels (0) are what is predicted for them; null: pixels are what z[0] says
 */
export function respond(
  wiring: Wiring,
  states: Tensor2D[],
  silent: Tensor2D | null = null,
): Activity {
  const z = states.slice();
  const phi = ACTIVATIONS[wiring.activation];
  const phiZ = z.map((state, l) => (l === 0 ? state : living(phi.apply(state), wiring.alive[l])));
  const mu = predict(wiring, phiZ).map((mean, l) =>
    l === 0 || wiring.topDown ? mean : tf.zerosLike(mean),
  );
  if (silent) {
    const imagined = tf.mul(mu[0]!, tf.sub(1, silent));
    z[0] = phiZ[0] = tf.add(tf.mul(z[0]!, silent), imagined);
  }
  const targets = wiring.target === 'state' ? z : phiZ;
  return { z, phiZ, mu, e: errorNeurons(targets, mu, wiring.precisions) };
}

/** What moves the states of layer l in the next step. The caller disposes it. */
export function termsOf(wiring: Wiring, { z, phiZ, e }: Activity, l: number): StateTerms {
  const { feedback, gated, activation, lateral, alive, steering } = wiring;
  const carrier = feedback[l];
  const bottomUp =
    carrier && bottomUpTerm(e[l - 1]!, carrier, gated ? { z: z[l]!, activation } : null);
  const competition = lateral[l]?.input(phiZ[l]!) ?? null;
  const surroundings = {
    ...{ z: z[l]!, e: e[l] ?? null, alive: alive[l] ?? null },
    ...{ bottomUp: bottomUp ?? null, competition },
  };
  const terms = stateTerms(surroundings, steering);
  bottomUp?.dispose();
  competition?.dispose();
  return terms;
}

/** The states of layer l after a step. Call inside a tidy. */
export function stepStates(wiring: Wiring, activity: Activity, l: number): Tensor2D {
  const z = activity.z[l]!;
  const change = stateChange(termsOf(wiring, activity, l), z);
  return living(moveStates(z, change, wiring.steering.beta), wiring.alive[l]);
}
