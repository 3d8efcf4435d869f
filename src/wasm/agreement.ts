import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Activity } from '../ngc/activity.ts';
import type { ModelConfig } from '../ngc/config/settings.ts';
import { Model } from '../ngc/model.ts';
import { opByOp } from '../ngc/opByOp.ts';
import { lateralsOf, precisionsOf } from '../ngc/parameters.ts';
import type { Settling } from '../ngc/settling.ts';
import { momentNames } from '../ngc/synapses.ts';
import { NgcError } from '../shared/errors.ts';
import { createRng } from '../shared/rng.ts';
import { Heap } from './heap.ts';
import { OwnNetwork } from './network.ts';
import { OwnSettling } from './settling.ts';

/*
 * Whether the kernels settle and learn as plain operations do, found out on the machine and the network that they are to compute for.
 */

/** The most that two ways to compute may differ, as a share of the largest number of its kind, or of 1. */
export const PARITY = 1e-4;

/** A whole tile of rows and one more; and a single one, which meets synapses another way. */
const ROWS = [5, 1] as const;

/** Pictures of noise [rows, J0], and states of noise [rows, J_l] for each layer above: large enough for competition to be seen. */
function noise(sizes: readonly number[], rows: number): [Tensor2D, ...Tensor2D[]] {
  const rng = createRng(1);
  const [x, ...states] = sizes.map((size, l) => {
    const values = Float32Array.from({ length: rows * size }, () => 2 * rng.uniform() - 1);
    return tf.tensor2d(l === 0 ? values.map((value) => Number(value > 0)) : values, [rows, size]);
  });
  return [x!, ...states];
}

/** How far some numbers are from those they should be; where there is no saying what they should be, not at all. */
function apart(got: ArrayLike<number>, want: ArrayLike<number>): number {
  let [largest, worst] = [1, 0];
  for (let i = 0; i < want.length; i++) {
    largest = Math.max(largest, Math.abs(want[i]!));
    const difference = Math.abs(got[i]! - want[i]!);
    if (!(difference <= worst)) worst = difference;
  }
  if (!Number.isFinite(largest)) return 0;
  return Number.isNaN(worst) ? Infinity : worst / largest;
}

const families = ({ z, mu, e }: Activity) => [...z, ...mu, ...e];

/** How far apart they are after a step on so many pictures. */
async function apartAfterStep(network: OwnNetwork, rows: number): Promise<number> {
  const { model } = network;
  const [x, ...states] = noise(model.config.sizes, rows);
  const running: Settling[] = [];
  const numbersOf = async (settling: Settling) => {
    await settling.advance();
    return Promise.all(families(await settling.read()).map((tensor) => tensor.data()));
  };
  try {
    const own = await OwnSettling.begin(network, x, { states });
    running.push(own);
    const plain = await opByOp.begin(model, x, { states });
    running.push(plain);
    const [got, want] = [await numbersOf(own), await numbersOf(plain)];
    return Math.max(...want.map((numbers, i) => apart(got[i]!, numbers)));
  } finally {
    for (const settling of running) settling.dispose();
    tf.dispose([x, ...states]);
  }
}

/**
 * How far apart kernels and plain operations are in a step of a network: the largest difference of a state, a prediction or an
 * error, as `PARITY` counts it. Null: the network changed meanwhile, which says nothing. Changes nothing itself. Throws a RangeError where
 * there is no memory for it.
 */
export async function apartFromPlain(network: OwnNetwork): Promise<number | null> {
  const { model } = network;
  const { config } = model;
  const { revision } = model.synapses;
  let worst = 0;
  for (const rows of ROWS) worst = Math.max(worst, await apartAfterStep(network, rows));
  return model.config === config && model.synapses.revision === revision ? worst : null;
}

/** So many updates after the first, moments are what they are: nothing makes them larger. */
const LATE = 1e6;
/** A twin has so many neurons a layer at the most: whole tiles of synapses and a rest, and soon done. */
const MOST_NEURONS = 50;

/** The sizes of a part of a network that has whole columns, too. */
const partOf = ({ sizes, groups, lateral }: ModelConfig): number[] =>
  sizes.map((size, l) => {
    const column = l > 0 && lateral === 'groups' ? groups[l - 1]! : 1;
    return Math.min(size, Math.max(column, MOST_NEURONS - (MOST_NEURONS % column)));
  });

/**
 * A network of the first neurons of each layer of another, with their synapses, whose next update is large enough for a difference to be
 * seen, and no step of it: Adam, where the second moments are 1, goes along the first.
 */
function twinOf({ config, synapses }: Model): Model {
  const twin = new Model({ ...config, sizes: partOf(config), learningRate: 1, rateHalfLife: 0 });
  twin.updates = LATE;
  for (const { name, shape } of [...twin.parameters, ...lateralsOf(twin.config)])
    if (synapses.has(name))
      twin.synapses.set(name, tf.slice(synapses.get(name), [0, 0], [...shape]));
  if (config.optimizer === 'adam')
    for (const { name, shape } of twin.parameters) {
      const moments = momentNames(name);
      twin.synapses.set(moments.m, tf.zeros([...shape]));
      twin.synapses.set(moments.v, tf.ones([...shape]));
    }
  return twin;
}

/**
 * How far apart kernels and plain operations are in what a part of a network is after an update: the largest difference of a synapse or a
 * precision, as `PARITY` counts it. Changes nothing itself. Throws a RangeError where there is no memory for it.
 *
 * @param memory what the kernels do it in
 */
export async function apartAfterUpdate(
  { heap: { module }, model }: OwnNetwork,
  memory?: WebAssembly.Memory,
): Promise<number> {
  const [x, ...states] = noise(partOf(model.config), ROWS[0]);
  const twins: Model[] = [];
  /** What a twin is after an update; null where its numbers are none any more. */
  const learnt = async (begin: (twin: Model) => Promise<Settling>) => {
    const twin = twinOf(model);
    twins.push(twin);
    let settling: Settling | null = null;
    try {
      await twin.refreshPrecision();
      settling = await begin(twin);
      await settling.advance();
      await settling.learn();
    } catch (error) {
      if (error instanceof NgcError && error.kind === 'diverged') return null;
      throw error;
    } finally {
      settling?.dispose();
    }
    const learns = [...twin.parameters, ...precisionsOf(twin.config)];
    return Promise.all(learns.map(({ name }) => twin.synapses.get(name).data()));
  };
  try {
    const got = await learnt((twin) =>
      OwnSettling.begin(new OwnNetwork(new Heap(module, memory), twin), x, { states }),
    );
    const want = await learnt((twin) => opByOp.begin(twin, x, { states }));
    if (!want) return 0;
    return got ? Math.max(...want.map((numbers, i) => apart(got[i]!, numbers))) : Infinity;
  } finally {
    for (const twin of twins) twin.dispose();
    tf.dispose([x, ...states]);
  }
}
