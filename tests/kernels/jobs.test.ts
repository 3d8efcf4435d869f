import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Lesions } from '../../src/ngc/lesions.ts';
import { NO_LESIONS } from '../../src/ngc/lesions.ts';
import type { Variant } from '../../src/ngc/config/variants.ts';
import { VARIANTS } from '../../src/ngc/config/variants.ts';
import { lateralMatrix } from '../../src/ngc/equations/lateral.ts';
import { synapticSums } from '../../src/ngc/equations/hebbian.ts';
import type { Model } from '../../src/ngc/model.ts';
import { OpByOpSettling } from '../../src/ngc/opByOp.ts';
import type { Job, Matrix } from '../../src/kernels/jobs.ts';
import { jobTable } from '../../src/kernels/jobs.ts';
import { cutsOf, UNCUT } from '../../src/kernels/cuts.ts';
import type { Arena } from '../../src/kernels/layout.ts';
import { activityArena, momentArena, synapseArena } from '../../src/kernels/layout.ts';
import { predictJobs } from '../../src/kernels/predict.ts';
import { newtonJobs } from '../../src/kernels/precision.ts';
import { statesJobs } from '../../src/kernels/states.ts';
import { errorJobs, foldJobs } from '../../src/kernels/store.ts';
import { termsJobs } from '../../src/kernels/terms.ts';
import { TILES, tilesOf } from '../../src/kernels/tiles.ts';
import { updateJobs } from '../../src/kernels/update.ts';
import { useBackend } from '../helpers/backends.ts';
import { binaryImages, smallModel } from '../helpers/models.ts';

/*
 * The tables that the product kernels work through, without a device: each job is done here in float64 loops, on arenas filled from
 * an episode op by op, and must give what the equations give. (What the kernels make of a product is checked in a browser.)
 */

const ROWS = 3;

type Numbers = Float32Array;

/** Σ_s sign_s · A_s·B_s of a job, row by row. */
function productOf({ rows, cols, segments }: Job, a: Numbers, b: Numbers): number[] {
  const at = (values: Numbers, { offset, row, col }: Matrix, r: number, c: number) =>
    values[offset + r * row + c * col]!;
  return Array.from({ length: rows * cols }, (_, i) => {
    const [r, c] = [Math.floor(i / cols), i % cols];
    let sum = 0;
    for (const { a: left, b: right, depth, sign = 1 } of segments)
      for (let k = 0; k < depth; k++) sum += sign * at(a, left, r, k) * at(b, right, k, c);
    return sum;
  });
}

function put(values: Numbers, arena: Arena, name: string, data: ArrayLike<number>): void {
  const { offset, rows, cols } = arena.region(name);
  expect(data.length, name).toBe(rows * cols);
  values.set(data, offset);
}

const numbers = async (tensor: tf.Tensor) => Array.from(await tensor.data());

function expectClose(actual: readonly number[], wanted: readonly number[], what: string): void {
  expect(actual.length, what).toBe(wanted.length);
  actual.forEach((value, i) => expect(value, what).toBeCloseTo(wanted[i]!, 4));
}

/** A network, an episode of it in the middle, and both in arenas. `phi` 1 is the newest φ. */
async function arenasOf(variant: Variant, lateral: 'groups' | 'band', lesions: Lesions) {
  const pattern = variant.startsWith('gncn-t1') ? 'none' : lateral;
  const model = await smallModel(variant, { lateral: pattern, groups: [3, 3, 4] });
  const { config } = model;
  const x = binaryImages(ROWS, 12);
  const settling = new OpByOpSettling(model, x, { lesions });
  for (let i = 0; i < 4; i++) settling.step();
  const layout = activityArena(config, ROWS);
  const synapseLayout = synapseArena(config);
  const activity = new Float32Array(layout.size).fill(NaN);
  const synapses = new Float32Array(synapseLayout.size).fill(NaN);
  const { z, phiZ, mu, e } = settling.activity;
  const targets = model.definition.target === 'state' ? z : phiZ;
  for (let l = 0; l <= model.layers; l++) {
    put(activity, layout, `z${l}`, await numbers(z[l]!));
    if (l > 0) put(activity, layout, `phi1.${l}`, await numbers(phiZ[l]!));
    if (l === model.layers) continue;
    put(activity, layout, `mu${l}`, await numbers(mu[l]!));
    put(activity, layout, `v${l}`, await numbers(tf.sub(targets[l]!, mu[l]!)));
    if (layout.has(`e${l}`)) put(activity, layout, `e${l}`, await numbers(e[l]!));
  }
  for (const { name } of model.parameters)
    put(synapses, synapseLayout, name, await numbers(model.synapses.get(name)));
  for (let l = 1; l <= model.layers; l++) {
    const P = model.precision(l);
    if (P) {
      const above = model.definition.feedback === 'transpose' ? tf.transpose(model.W(l + 1)) : model.E(l + 1); // prettier-ignore
      put(synapses, synapseLayout, `P${l}`, await numbers(P));
      put(synapses, synapseLayout, `F${l + 1}`, await numbers(tf.matMul(P, above)));
    }
    if (synapseLayout.has(`V${l}`)) put(synapses, synapseLayout, `V${l}`, lateralMatrix(config, l));
  }
  return { model, settling, layout, synapseLayout, activity, synapses };
}

let model: Model;
let settling: OpByOpSettling;
beforeEach(() => useBackend('cpu'));
afterEach(() => {
  settling.dispose();
  model.dispose();
});

const WHOLE = NO_LESIONS;
const CASES: readonly [string, 'groups' | 'band', Lesions][] = [
  ['intact', 'groups', WHOLE],
  ['a band', 'band', WHOLE],
  ['without lateral synapses', 'band', { ...WHOLE, lateral: true }],
  ['without lateral synapses, of columns', 'groups', { ...WHOLE, lateral: true }],
  ['without precision', 'groups', { ...WHOLE, precision: true }],
  ['without error synapses', 'band', { ...WHOLE, errorSynapses: true }],
];

describe.each(VARIANTS)('%s', (variant) => {
  test.each(CASES)('states, %s: what all synapses bring together', async (_, lateral, lesions) => {
    const { layout, synapseLayout, activity, synapses, ...rest } = await arenasOf(variant, lateral, lesions); // prettier-ignore
    ({ model, settling } = rest);
    const jobs = statesJobs(model.config, synapseLayout, layout, 1, cutsOf(lesions, null));
    expect(jobs).toHaveLength(model.layers);
    for (const [i, job] of jobs.entries()) {
      const l = i + 1;
      const below = settling.activity.e[i]!;
      const typeOne = model.definition.feedback === 'transpose';
      const feedback = typeOne ? tf.transpose(model.W(l)) : model.E(l);
      let wanted: tf.Tensor = tf.zerosLike(settling.activity.z[l]!);
      if (!lesions.errorSynapses) wanted = tf.add(wanted, tf.matMul(below, feedback));
      // e_l is a product only where a precision weights it; else `finish` subtracts the mismatch.
      const weighted = model.precision(l) && !lesions.precision;
      if (weighted) wanted = tf.sub(wanted, settling.activity.e[l]!);
      const matrix = synapseLayout.has(`V${l}`) && !lesions.lateral;
      const size = model.config.sizes[l]!;
      if (matrix) {
        const V = tf.tensor2d(lateralMatrix(model.config, l), [size, size]);
        wanted = tf.sub(wanted, tf.matMul(settling.activity.phiZ[l]!, V));
      }
      expectClose(productOf(job, activity, synapses), await numbers(wanted), `layer ${l}`);
      expect(job.words[4]).toBe(
        model.config.lateral === 'groups' && !lesions.lateral ? model.config.groups[i] : 0,
      );
      expect((job.flags ?? 0) & 1, 'subtracts the mismatch').toBe(
        l < model.layers && !weighted ? 1 : 0,
      );
    }
  });

  test('predictions: what lies above, through W and M', async () => {
    const { layout, synapseLayout, activity, synapses, ...rest } = await arenasOf(variant, 'groups', WHOLE); // prettier-ignore
    ({ model, settling } = rest);
    const { phiZ } = settling.activity;
    for (const [l, job] of predictJobs(model.config, synapseLayout, layout, 1, UNCUT).entries()) {
      let h: tf.Tensor = tf.matMul(phiZ[l + 1]!, model.W(l + 1));
      if (model.definition.auxiliary && l + 2 <= model.layers)
        h = tf.add(h, tf.matMul(phiZ[l + 2]!, model.M(l + 2)));
      expectClose(productOf(job, activity, synapses), await numbers(h), `mu${l}`);
      const target = l === 0 || model.definition.target === 'state' ? `z${l}` : `phi1.${l}`;
      expect(job.words.slice(0, 3)).toEqual(
        [`mu${l}`, `v${l}`, target].map((name) => layout.region(name).offset),
      );
    }
  });

  test('errors, and the feedback with its precision folded in', async () => {
    const { layout, synapseLayout, activity, synapses, ...rest } = await arenasOf(variant, 'groups', WHOLE); // prettier-ignore
    ({ model, settling } = rest);
    const errors = errorJobs(model.config, synapseLayout, layout);
    const folds = foldJobs(model.config, synapseLayout);
    expect([errors.length, folds.length]).toEqual(variant === 'gncn-t1' ? [0, 0] : [2, 2]);
    for (const [i, job] of errors.entries())
      expectClose(productOf(job, activity, synapses), await numbers(settling.activity.e[i + 1]!), `e${i + 1}`); // prettier-ignore
    for (const [i, job] of folds.entries()) {
      const { offset, rows, cols } = synapseLayout.region(`F${i + 2}`);
      const wanted = [...synapses.subarray(offset, offset + rows * cols)];
      expectClose(productOf(job, synapses, synapses), wanted, `F${i + 2}`);
      expect(job.words[0]).toBe(offset);
    }
  });

  test('the terms of the first image', async () => {
    const { layout, synapseLayout, activity, synapses, ...rest } = await arenasOf(variant, 'band', WHOLE); // prettier-ignore
    ({ model, settling } = rest);
    const jobs = termsJobs(model.config, synapseLayout, layout, 1, UNCUT);
    const terms = await settling.terms();
    for (const [i, { lateral }] of terms.entries()) {
      const feedback = model.definition.feedback === 'transpose' ? tf.transpose(model.W(i + 1)) : model.E(i + 1); // prettier-ignore
      const row = tf.slice(settling.activity.e[i]!, [0, 0], [1, -1]);
      const [up, rivals] = [jobs[2 * i]!, jobs[2 * i + 1]!];
      expectClose(productOf(up, activity, synapses), await numbers(tf.matMul(row, feedback)), `up${i + 1}`); // prettier-ignore
      if (lateral)
        expectClose(productOf(rivals, activity, synapses), await numbers(tf.neg(lateral)), `rivals${i + 1}`); // prettier-ignore
      expect([up.rows, rivals.rows]).toEqual([1, 1]);
      expect([up.words[0], rivals.words[0]]).toEqual(
        [`up${i + 1}`, `rivals${i + 1}`].map((name) => layout.region(name).offset),
      );
    }
  });

  test('updates: what every synapse sees, where it and its moments lie', async () => {
    const { layout, synapseLayout, activity, ...rest } = await arenasOf(variant, 'groups', WHOLE);
    ({ model, settling } = rest);
    const moments = momentArena({ ...model.config, optimizer: 'adam' });
    const jobs = updateJobs(synapseLayout, moments, layout, 1, model.parameters);
    const sums = synapticSums(model.parameters, settling.activity);
    for (const [i, { name, family, layer }] of model.parameters.entries()) {
      const sum = family === 'E' ? tf.transpose(sums.get(`W${layer}`)!) : sums.get(name)!;
      const job = jobs[i]!;
      expectClose(productOf(job, activity, activity), await numbers(sum), name);
      expect(job.words[0]).toBe(synapseLayout.region(name).offset);
      if (family === 'Sigma') expect(job.words[3]).toBe(synapseLayout.region(`P${layer}`).offset);
      else
        expect(job.words.slice(1, 3)).toEqual(
          ['m', 'v'].map((kind) => moments.region(`${kind}.${name}`).offset),
        );
      if (family === 'W') expect(job.words[3]).toBe(synapseLayout.region(`before.${name}`).offset);
    }
  });

  test('Newton–Schulz: two steps lead to the inverse, and the last product says how near', async () => {
    const { synapseLayout, synapses, ...rest } = await arenasOf(variant, 'groups', WHOLE);
    ({ model, settling } = rest);
    const jobs = newtonJobs(model.config, synapseLayout);
    const n = 6;
    /** P·S with P a little off. */
    for (const l of variant === 'gncn-t1' ? [] : [1, 2]) {
      const S = tf.add(model.synapses.get(`Sigma${l}`), tf.mul(tf.eye(n), 0.05));
      put(synapses, synapseLayout, `S${l}`, await numbers(S));
    }
    const run = (
      list: readonly Job[],
      combine: (job: Job, value: number, at: number) => number,
    ) => {
      for (const job of list) {
        const values = productOf(job, synapses, synapses);
        values.forEach((value, i) => (synapses[job.words[0]! + i] = combine(job, value, i)));
      }
    };
    const store = (_: Job, value: number) => value;
    const iterate = (job: Job, value: number, i: number) =>
      2 * synapses[job.words[1]! + i]! - value;
    run(jobs.first, store);
    run(jobs.firstIterate, iterate);
    run(jobs.second, store);
    run(jobs.secondIterate, iterate);
    for (const job of jobs.residual)
      productOf(job, synapses, synapses).forEach((value, i) =>
        expect(value).toBeCloseTo(i % (n + 1) === 0 ? 1 : 0, 4),
      );
    expect(jobs.residual).toHaveLength(variant === 'gncn-t1' ? 0 : 2);
  });
});

test('a table gives every job its tiles, and its numbers where the kernels read them', async () => {
  const { layout, synapseLayout, ...rest } = await arenasOf('gncn-pdh', 'groups', WHOLE);
  ({ model, settling } = rest);
  const jobs = statesJobs(model.config, synapseLayout, layout, 1, cutsOf(null, 'eq19'));
  for (const tile of TILES) {
    const { data, groups } = jobTable(jobs, tile);
    const words = data.length / jobs.length;
    let first = 0;
    for (const [i, job] of jobs.entries()) {
      const at = i * words;
      expect([...data.subarray(at, at + 4)]).toEqual([first, Math.ceil(job.cols / tile.cols), job.rows, job.cols]); // prettier-ignore
      expect([...data.subarray(at + 4, at + 12)]).toEqual([job.segments.length, ...Array.from({ length: 6 }, (_, k) => job.words[k] ?? 0), job.flags ?? 0]); // prettier-ignore
      first += tilesOf(tile, job);
    }
    expect(groups).toBe(first);
  }
});
