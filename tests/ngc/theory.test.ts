import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';

import { totalDiscrepancy } from '../../src/ngc/equations/discrepancy.ts';
import { gaugeOf } from '../../src/ngc/gauge.ts';
import { learningSetting } from '../../src/ngc/learn.ts';
import { synapticChanges } from '../../src/ngc/equations/hebbian.ts';
import type { Model } from '../../src/ngc/model.ts';
import { OpByOpSettling } from '../../src/ngc/opByOp.ts';
import { useBackend } from '../helpers/backends.ts';
import { binaryImages, smallModel } from '../helpers/models.ts';
import type { Problem, Rows } from '../helpers/psi.ts';
import { gradient, psi, rowsOf } from '../helpers/psi.ts';

/*
 * Oracle: the objective of Eq. 2 in plain float64 (tests/helpers/psi.ts) and its finite differences. The engine computes in
 * float32: gradients agree to a hundredth of the largest entry, and that entry must not be lost in rounding.
 */
const RELATIVE = 0.01;
const VISIBLE = 5e-4;

const PHI = {
  relu: (v: number) => Math.max(0, v),
  tanh: Math.tanh,
  softplus: (v: number) => Math.log1p(Math.exp(v)),
  sigmoid: (v: number) => 1 / (1 + Math.exp(-v)),
  identity: (v: number) => v,
};

const CASES = [
  { variant: 'gncn-t1', activation: 'tanh', precision: 'none' },
  { variant: 'gncn-t1', activation: 'softplus', precision: 'none' },
  { variant: 'gncn-t1-sigma', activation: 'relu', precision: 'inverse' },
  { variant: 'gncn-t1-sigma', activation: 'sigmoid', precision: 'inverse' },
  { variant: 'gncn-t1-sigma', activation: 'identity', precision: 'none' },
] as const;

function expectClose(actual: Rows, expected: Rows): void {
  const largest = Math.max(...expected.flat().map(Math.abs));
  const worst = Math.max(
    ...actual.flatMap((row, i) => row.map((v, j) => Math.abs(v - expected[i]![j]!))),
  );
  expect(largest).toBeGreaterThan(VISIBLE);
  expect(worst).toBeLessThan(RELATIVE * largest);
}

/** The model's state a few steps into an episode, as the oracle reads it. */
async function settleAWhile(model: Model, rows: number, steps: number) {
  const x = binaryImages(rows, model.config.sizes[0]!);
  const settling = new OpByOpSettling(model, x);
  for (let i = 0; i < steps; i++) settling.step();
  const read = (t: tf.Tensor2D) => t.array() as Promise<Rows>;
  const problem: Problem = {
    x: await read(x),
    z: await Promise.all(settling.activity.z.slice(1).map(read)),
    W: await Promise.all(
      Array.from({ length: model.layers }, (_, i) => rowsOf(model, `W${i + 1}`)),
    ),
    sigma: model.synapses.has('Sigma1')
      ? await Promise.all(
          Array.from({ length: model.layers - 1 }, (_, i) => rowsOf(model, `Sigma${i + 1}`)),
        )
      : null,
  };
  x.dispose();
  return { settling, problem };
}

beforeAll(() => useBackend('cpu'));

describe.each(CASES)('$variant with φ = $activation, precision $precision', (settings) => {
  const { variant, activation, precision } = settings;
  const make = () =>
    smallModel(variant, { activation, precision, leak: 0.05, laplace: 0.02, beta: 0.05 });

  test('states climb the gradient of ψ, leak and Laplace prior included', async () => {
    const model = await make();
    const { settling, problem } = await settleAWhile(model, 3, 6);
    const { beta, leak, laplace } = model.config;
    settling.step();
    for (let l = 1; l <= model.layers; l++) {
      const after = await settling.activity.z[l]!.array();
      const before = problem.z[l - 1]!;
      const moved = after.map((row, i) => row.map((v, j) => (v - before[i]![j]!) / beta));
      expectClose(
        moved,
        gradient(before, () => psi(problem, PHI[activation], leak, laplace)),
      );
    }
    settling.dispose();
    model.dispose();
  });

  test('ΔW and ΔΣ are the gradients of ψ, averaged over the batch', async () => {
    const model = await make();
    const rows = 4;
    const { settling, problem } = await settleAWhile(model, rows, 60);
    const changes = synapticChanges(model.parameters, settling.activity, learningSetting(model));
    const objective = () => psi(problem, PHI[activation], 0, 0);
    const mean = (g: Rows) => g.map((row) => row.map((v) => v / rows));
    for (let l = 1; l <= model.layers; l++)
      expectClose(
        await changes.get(`W${l}`)!.array(),
        mean(gradient(problem.W[l - 1]!, objective)),
      );
    for (let l = 1; l < model.layers && problem.sigma; l++)
      expectClose(
        await changes.get(`Sigma${l}`)!.array(),
        mean(gradient(problem.sigma[l - 1]!, objective)),
      );
    tf.dispose([...changes.values()]);
    settling.dispose();
    model.dispose();
  });

  test('the total discrepancy the page shows is ψ of Eq. 2', async () => {
    const model = await make();
    const { settling, problem } = await settleAWhile(model, 3, 5);
    const each = totalDiscrepancy(settling.activity, await gaugeOf(model));
    const sum = [...(await each.data())].reduce((a, b) => a + b, 0);
    expect(sum).toBeCloseTo(psi(problem, PHI[activation], 0, 0), 3);
    each.dispose();
    settling.dispose();
    model.dispose();
  });
});
