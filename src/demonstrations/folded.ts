import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Batches } from '../data/batches.ts';
import { createBatches } from '../data/batches.ts';
import type { Dataset, Split } from '../data/dataset.ts';
import { intensities, PIXELS } from '../data/dataset.ts';
import type { Values } from '../exhibits/exhibit.ts';
import type { Act } from '../exhibits/frame.ts';
import type { Compressed, FoldedShown } from '../exhibits/list/folded.ts';
import { numberOf, wordOf } from '../exhibits/values.ts';
import { parametersOf } from '../predictive/network/costs.ts';
import { release } from '../predictive/network/memory.ts';
import type { NetworkSettings } from '../predictive/network/settings.ts';
import { settle } from '../predictive/network/settling.ts';
import { forwardPass } from '../predictive/network/start.ts';
import { NgcError } from '../shared/errors.ts';
import type { Beginning, Demonstrate, Demonstration } from './demonstration.ts';
import { sourceOf } from './digits.ts';
import { Learner } from './learner.ts';

/** Neurons of the code and of the hidden layer. */
const SIZES: Readonly<Record<string, readonly [code: number, hidden: number]>> = {
  tiny: [8, 64],
  small: [32, 128],
  tutorial: [64, 384],
};
/** B3: what both have in common. */
const COMMON = { variant: 'pcn', hidden: 'tanh', end: 'relu', learningRate: 0.001 } as const;
const BATCH = 50;
/** So many updates pass between two measurements after that of the first, of so many test pictures. */
const MEASURE_EVERY = 10;
const MEASURED = 60;
/** Pictures that one can press. */
const PICTURES = 8;

/** The decoder alone, which settles; and encoder with decoder, which learns by backpropagation. */
export function networksOf(size: string, steps: number) {
  const [code, hidden] = SIZES[size]!;
  const folded: Partial<NetworkSettings> = {
    ...{ ...COMMON, system: 'compress', sizes: [code, hidden, PIXELS], init: 'zero' },
    ...{ rate: 0.2, momentum: 0.25, steps },
  };
  const unfolded: Partial<NetworkSettings> = {
    ...{ ...COMMON, system: 'supervised', sizes: [PIXELS, hidden, code, hidden, PIXELS] },
    learn: 'backprop',
  };
  return { folded, unfolded };
}

/** What a network makes of pictures: codes and pictures again, row by row. */
interface Looked {
  readonly codes: Float32Array;
  readonly rebuilt: Float32Array;
}

/** Both learn the same batches, and are measured on the same test pictures. */
export const folded: Demonstrate<FoldedShown> = async ({ values, seed, data, giveWay }) =>
  new Folded(values, seed, await data(), giveWay);

class Folded implements Demonstration<FoldedShown> {
  private step = 0;
  private readonly folded: Learner;
  private readonly unfolded: Learner;
  private readonly batches: Batches;
  private readonly tested: Float32Array;
  private picture: Float32Array;
  private looked: { readonly folded: Looked; readonly unfolded: Looked } | null = null;
  private measuredAt: number[] = [];
  private readonly courses: { folded: number[]; unfolded: number[] } = { folded: [], unfolded: [] };

  constructor(
    private readonly values: Values,
    seed: number,
    private readonly data: Dataset,
    private readonly giveWay: Beginning['giveWay'],
  ) {
    const networks = networksOf(wordOf(values, 'size'), numberOf(values, 'steps'));
    this.folded = new Learner(networks.folded, seed);
    this.unfolded = new Learner(networks.unfolded, seed);
    this.batches = createBatches(data.train.count, BATCH, seed);
    this.tested = picturesOf(data.test, Array.from({ length: MEASURED }, (_, i) => i % data.test.count)); // prettier-ignore
    this.picture = intensities(data.test, 0);
  }

  private get wanted(): number {
    return numberOf(this.values, 'updates');
  }

  async advance(): Promise<void> {
    if (this.folded.updates >= this.wanted) return;
    const { indices } = this.batches.next();
    const rows = indices.length;
    const x = tf.tensor2d(picturesOf(this.data.train, indices), [rows, PIXELS]);
    try {
      await this.folded.learn({ rows, output: x }, this.giveWay);
      await this.unfolded.learn({ rows, input: x, output: x });
    } finally {
      x.dispose();
    }
    this.step++;
    const { updates } = this.folded;
    if (updates === 1 || updates % MEASURE_EVERY === 0) await this.measure();
  }

  private async measure(): Promise<void> {
    const all = await this.lookAt(this.tested);
    this.measuredAt.push(this.folded.updates);
    for (const name of ['folded', 'unfolded'] as const)
      this.courses[name].push(errorOf(all[name].rebuilt, this.tested));
    this.looked = await this.lookAt(this.picture);
  }

  private async lookAt(pictures: Float32Array) {
    const x = tf.tensor2d(pictures, [pictures.length / PIXELS, PIXELS]);
    try {
      return { folded: await lookFolded(this.folded, x, this.giveWay), unfolded: await lookUnfolded(this.unfolded, x) }; // prettier-ignore
    } finally {
      x.dispose();
    }
  }

  frame() {
    const { step, wanted, measuredAt } = this;
    const updates = this.folded.updates;
    const few = Array.from({ length: PICTURES }, (_, i) => i % this.data.test.count);
    const shown: FoldedShown = {
      source: sourceOf(this.data),
      ...{ updates, wanted, picture: this.picture },
      measuredAt: Float32Array.from(measuredAt),
      folded: this.compressed('folded'),
      unfolded: this.compressed('unfolded'),
      pictures: picturesOf(this.data.test, few),
    };
    const metric = this.courses.folded.at(-1) ?? null;
    const says = updates < wanted ? `Both learn: batch ${updates} of ${wanted}.` : null;
    return { step, metric, ended: false, says, isTrouble: false, shown };
  }

  private compressed(name: 'folded' | 'unfolded'): Compressed {
    const { sizes } = this[name].settings;
    const looked = this.looked?.[name];
    const rebuilt = looked?.rebuilt ?? new Float32Array(PIXELS);
    return {
      code: looked?.codes ?? new Float32Array(Math.min(...sizes)),
      ...{ rebuilt, error: errorOf(rebuilt, this.picture) },
      course: Float32Array.from(this.courses[name]),
      ...{ sizes, parameters: parametersOf(sizes) },
    };
  }

  change(): void {
    // Every control decides what is begun with.
  }

  async act({ name, values }: Act): Promise<void> {
    if (name === 'picture' && values.length === PIXELS) this.picture = Float32Array.from(values);
    else if (name === 'test' && values.length === 1)
      this.picture = intensities(this.data.test, values[0]! % this.data.test.count); // prettier-ignore
    else throw new NgcError('usage', `Compression knows nothing of ${name}.`);
    this.looked = await this.lookAt(this.picture);
  }

  close(): void {
    this.folded.dispose();
    this.unfolded.dispose();
  }
}

/** Pictures of a split one after the other, pixels from 0 to 1. */
function picturesOf(split: Split, indices: ArrayLike<number>): Float32Array {
  const all = new Float32Array(indices.length * PIXELS);
  for (let i = 0; i < indices.length; i++) all.set(intensities(split, indices[i]!), i * PIXELS);
  return all;
}

/** The mean squared error a pixel. */
function errorOf(rebuilt: Float32Array, pictures: Float32Array): number {
  return pictures.reduce((sum, pixel, i) => sum + (pixel - rebuilt[i]!) ** 2, 0) / pictures.length;
}

/** The folded network settles on pictures, and rebuilds them from the codes that it has found. */
async function lookFolded(
  learner: Learner,
  output: Tensor2D,
  onStep: Beginning['giveWay'],
): Promise<Looked> {
  const wiring = await learner.wired();
  const state = await settle(wiring, { rows: output.shape[0], output }, { onStep });
  const chain = forwardPass(wiring, state.z[0]!);
  const codes = Float32Array.from(await state.z[0]!.data());
  const rebuilt = Float32Array.from(await chain[wiring.layers.length]!.data());
  release([state, chain]);
  wiring.dispose();
  return { codes, rebuilt };
}

/** Encoder and decoder, forwards. */
async function lookUnfolded(learner: Learner, input: Tensor2D): Promise<Looked> {
  const wiring = await learner.wired();
  const chain = forwardPass(wiring, input);
  const codes = Float32Array.from(await chain[2]!.data());
  const rebuilt = Float32Array.from(await chain[wiring.layers.length]!.data());
  release(chain);
  wiring.dispose();
  return { codes, rebuilt };
}
