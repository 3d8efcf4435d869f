import { ACTIVATION_NAMES } from '../engine/activations.ts';
import type { ActivationName } from '../engine/activations.ts';
import type { CompletionRule } from '../ngc/completion.ts';
import type { Lesions } from '../ngc/lesions.ts';
import type { Steering } from '../ngc/steering.ts';
import type { Matrix } from './heap.ts';
import { VARIANT_DEFINITIONS } from '../ngc/config/variants.ts';
import type { Factor } from './factors.ts';
import { feedbackOf, plain } from './factors.ts';
import type { LaidNetwork } from './laid.ts';
import type { Neurons } from './neurons.ts';

/*
 * A settling step by the kernels: what ngc/step.ts says in plain operations.
 */

/** What a step is made under. */
export interface Conditions {
  readonly network: LaidNetwork;
  readonly neurons: Neurons;
  readonly steering: Steering;
  readonly lesions: Lesions | null;
  /** What becomes of hidden pixels; null: all are seen. */
  readonly hidden: CompletionRule | null;
  /** Whether somebody of a layer is silent. */
  readonly silent: readonly boolean[];
}

export const kindOf = (name: ActivationName) => ACTIVATION_NAMES.indexOf(name);

const definitionOf = ({ config }: LaidNetwork) => VARIANT_DEFINITIONS[config.variant];

const bytesOf = ({ rows, stride }: Matrix) => rows * stride;

/** c = a·b, or c + a·b, for the first rows. One row meets synapses where they lie, several meet them packed. */
function times(
  { network, neurons }: Conditions,
  a: Matrix,
  b: Factor,
  c: Matrix,
  more = false,
  rows = a.rows,
): void {
  const { kernels } = network.heap;
  const { scratch } = neurons;
  if (rows === 1) {
    const { at, rows: depth, stride } = network.matrix(b.name);
    if (b.transposed) kernels.rowTimesTransposed(depth, a.at, at, stride, c.at);
    else kernels.rowTimes(depth, a.at, at, stride, c.at, Number(more), scratch);
    return;
  }
  const { at, rows: depth, cols } = network.packed(b);
  kernels.product(rows, depth, cols, a.at, a.stride, 4, at, c.at, c.stride, Number(more), 0, scratch); // prettier-ignore
}

/** e_{l−1} carried up to layer l, not gated; null where it is cut. */
export function comesUp(with_: Conditions, l: number, rows?: number): Matrix | null {
  const { network, neurons, lesions } = with_;
  if (lesions?.errorSynapses) return null;
  const up = neurons.up[l]!;
  times(with_, neurons.e[l - 1]!, feedbackOf(network.config, l), up, false, rows);
  return up;
}

/** φ(z_l)·V_l; null where nobody competes. */
export function competition(with_: Conditions, l: number, rows?: number): Matrix | null {
  const { network, neurons, lesions, steering } = with_;
  const { lateral, groups } = network.config;
  if (lateral === 'none' || lesions?.lateral) return null;
  const [phi, rivals] = [neurons.phi[l]!, neurons.rivals[l]!];
  if (lateral === 'groups')
    network.heap.kernels.columns(rows ?? phi.rows, phi.cols, phi.stride, groups[l - 1]!, steering.lateralInhibition, steering.selfExcitation, phi.at, rivals.at); // prettier-ignore
  else times(with_, phi, plain('V', l), rivals, false, rows);
  return rivals;
}

/** The states after a step, and pixels that are imagined (Eqs. 11–15, 19). */
export function moveStates(with_: Conditions): void {
  const { network, neurons, steering, hidden } = with_;
  const { kernels } = network.heap;
  const { config } = network;
  const { z, phi, e, mask } = neurons;
  const layers = z.length - 1;
  const gate = definitionOf(network).feedback === 'transpose' ? kindOf(config.activation) : -1;
  if (hidden === 'eq19') kernels.imagine(bytesOf(mask), steering.beta, z[0]!.at, e[0]!.at, mask.at);
  for (let l = 1; l <= layers; l++) {
    const state = z[l]!;
    const up = comesUp(with_, l)?.at ?? 0;
    const rivals = competition(with_, l)?.at ?? 0;
    kernels.move(bytesOf(state), state.at, phi[l]!.at, up, gate, e[l]?.at ?? 0, rivals, steering.beta, steering.laplace, steering.leak); // prettier-ignore
  }
}

/** Activity, predictions and errors that follow from the states (Eqs. 1, 9, 10). */
export function respond(with_: Conditions): void {
  const { network, neurons, hidden, silent } = with_;
  const { kernels } = network.heap;
  const { config } = network;
  const { z, phi, mu, mask, alive } = neurons;
  const layers = mu.length;
  for (let l = 1; l <= layers; l++) {
    const [state, active] = [z[l]!, phi[l]!];
    if (silent[l]) kernels.silence(state.rows, state.stride, state.at, alive[l]!.at);
    kernels.activate(bytesOf(state), kindOf(config.activation), state.at, active.at);
    if (silent[l]) kernels.silence(active.rows, active.stride, active.at, alive[l]!.at);
  }
  for (let l = 0; l < layers; l++) predictLayer(with_, l);
  const [x] = z as [Matrix];
  if (hidden === 'silent') kernels.blend(bytesOf(x), x.at, mu[0]!.at, mask.at, x.at);
  for (let l = 0; l < layers; l++) errorNeurons(with_, l);
}

function predictLayer(with_: Conditions, l: number): void {
  const { network, neurons, lesions } = with_;
  const { heap, config } = network;
  const { phi, mu } = neurons;
  const mean = mu[l]!;
  if (l > 0 && lesions?.topDown) {
    heap.view(mean.at, bytesOf(mean) / 4).fill(0);
    return;
  }
  times(with_, phi[l + 1]!, plain('W', l + 1), mean);
  if (definitionOf(network).auxiliary && l + 2 < phi.length)
    times(with_, phi[l + 2]!, plain('M', l + 2), mean, true);
  const shape = l === 0 ? 'sigmoid' : config.meanActivation;
  heap.kernels.activate(bytesOf(mean), kindOf(shape), mean.at, mean.at);
}

function errorNeurons(with_: Conditions, l: number): void {
  const { network, neurons, lesions } = with_;
  const { config } = network;
  const target = (definitionOf(network).target === 'state' ? neurons.z : neurons.phi)[l]!;
  const weighted = l > 0 && config.precision !== 'none' && !lesions?.precision;
  const error = neurons.e[l]!;
  const mismatch = weighted ? neurons.mismatch[l]! : error;
  network.heap.kernels.subtract(bytesOf(target), target.at, neurons.mu[l]!.at, mismatch.at);
  if (weighted) times(with_, mismatch, plain('P', l), error);
}

/** `count` whole steps. */
export function steps(with_: Conditions, count: number): void {
  for (let i = 0; i < count; i++) {
    moveStates(with_);
    respond(with_);
  }
}
