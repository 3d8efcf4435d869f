import { describe, expect, test } from 'vitest';

import { cellsOf, chosenCells, fits, shardOf, trainingName } from '../../src/experiments/cells.ts';
import { claimantOf } from '../../src/experiments/claimants.ts';
import { BUDGETS } from '../../src/experiments/experiment.ts';
import { budgetOf, EXPERIMENTS, experimentOf } from '../../src/experiments/experiments.ts';
import { PRINTED, printedAt } from '../../src/experiments/printed.ts';
import { quantitiesOf } from '../../src/experiments/summary.ts';
import { isExhibit } from '../../src/exhibits/exhibits.ts';
import { FAMILIES, familyOf } from '../../src/models/families.ts';

const every = EXPERIMENTS.flatMap((experiment) =>
  BUDGETS.map((budget) => ({ experiment, budget, cells: cellsOf(experiment, budget) })),
);

test('every cell has a key of its own, and names a place of its experiment', () => {
  for (const { experiment, cells } of every) {
    expect(new Set(cells.map(({ key }) => key)).size).toBe(cells.length);
    for (const { key, row, dataset, seed } of cells) {
      expect(key.startsWith(`${row}.${dataset}`) && key.endsWith(`.s${seed}`)).toBe(true);
      expect(experiment.rows.some((one) => one.key === row)).toBe(true);
    }
  }
});

test('every training is one that its family accepts, stage after stage, and as it is read', () => {
  for (const { cells } of every)
    for (const { training, row } of cells) {
      if (!training) continue;
      const family = familyOf(training.variant, FAMILIES);
      let config = family.parse({ variant: training.variant });
      let images = 0;
      for (const stage of training.stages) {
        expect(stage.images, row).toBeGreaterThan(images);
        images = stage.images;
        config = family.parse({ ...config, ...stage.settings });
      }
      family.parse({ ...config, ...training.reading });
      expect(training.every).toBeLessThanOrEqual(images);
    }
});

test('tables 1, 2 and 3 share their trained models', () => {
  const names = (id: string) =>
    new Map(
      cellsOf(experimentOf(id), 'standard').flatMap(({ key, training }) =>
        training ? [[key, trainingName(training)] as const] : [],
      ),
    );
  const [first, second, third] = [names('table-1'), names('table-2'), names('table-3')];
  for (const key of ['rae.mnist.s1', 'gncn-pdh.mnist.s2']) {
    expect(first.get(key)).toBe(second.get(key));
    expect(third.get(key)).toBe(second.get(key));
  }
  expect(new Set(first.values()).size).toBe(first.size);
});

test('a training’s name depends on what it says, not on the order in which it says it', () => {
  const training = cellsOf(experimentOf('table-1'), 'quick').find(
    ({ row }) => row === 'rae',
  )!.training!;
  const stage = training.stages[0]!;
  const turnedRound = <T extends object>(one: T) =>
    Object.fromEntries(Object.entries(one).reverse()) as T;
  const stages = [turnedRound({ ...stage, settings: turnedRound(stage.settings) })];
  const turned = turnedRound({ ...training, stages });
  expect(trainingName(turned)).toBe(trainingName(training));
  expect(trainingName({ ...training, seed: 2 })).not.toBe(trainingName(training));
  const faster = { ...stage, settings: { ...stage.settings, learningRate: 0.002 } };
  expect(trainingName({ ...training, stages: [faster] })).not.toBe(trainingName(training));
});

test('quick is about one set, which every experiment has; the others have all of theirs', () => {
  for (const { experiment, budget, cells } of every) {
    const sets = [...new Set(cells.map(({ dataset }) => dataset))];
    expect(sets).toEqual(budget === 'quick' ? ['mnist'] : experiment.datasets);
  }
});

test('shards have every cell once', () => {
  const cells = cellsOf(experimentOf('table-2'), 'standard');
  const shards = [1, 2, 3].map((index) => shardOf(cells, index, 3));
  const keys = shards.flat().map(({ key }) => key);
  expect(keys.sort()).toEqual(cells.map(({ key }) => key).sort());
  const lengths = shards.map(({ length }) => length);
  expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
});

describe('patterns', () => {
  test.each([
    ['rae.*', 'rae.mnist.s1', true],
    ['rae.*', 'gvae.mnist.s1', false],
    ['*.mnist.s1', 'rae.mnist.s1', true],
    ['*.mnist.s1', 'rae.mnist.s12', false],
    ['*.s?', '*.s1', false],
    ['gncn-t1.*', 'gncn-t1-sigma.mnist.s1', false],
  ])('%s and %s: %s', (pattern, key, wanted) => {
    expect(fits(pattern, key)).toBe(wanted);
  });

  test('one that fits nothing is refused with what keys look like', () => {
    const cells = cellsOf(experimentOf('table-1'), 'standard');
    expect(() => chosenCells(cells, 'vae.*')).toThrow(
      /called vae\.\*; they are called gmm\.mnist\.s1/,
    );
    expect(chosenCells(cells, '*.kmnist.*').every(({ dataset }) => dataset === 'kmnist')).toBe(
      true,
    );
  });
});

test('unknown experiments and budgets are refused with those there are', () => {
  expect(() => experimentOf('table-9')).toThrow(
    /no experiment table-9; there are table-1, .*five-minutes/,
  );
  expect(() => budgetOf('huge')).toThrow(/no budget huge; there are quick, standard, paper/);
});

test('what is claimed has a place in its experiment', () => {
  for (const { experiment, row, dataset, point, quantity } of PRINTED) {
    const found = experimentOf(experiment);
    expect(found.plan('standard').points).toContain(point);
    expect(found.rows.some(({ key }) => key === row)).toBe(true);
    expect(found.datasets).toContain(dataset);
    expect(quantitiesOf(found).map(({ key }) => key)).toContain(quantity);
  }
  const at = (row: string) => ({ row, dataset: 'mnist' }) as const;
  expect(printedAt('table-1', at('gncn-pdh'), 'bce')).toMatchObject({ mean: 44.86, deviation: 0.05 }); // prettier-ignore
  expect(printedAt('table-1', at('gmm'), 'bce')).toBeNull();
});

test('experiments on predictive coding are shown live by an exhibit that there is', () => {
  const found = EXPERIMENTS.flatMap(({ exhibit }) => exhibit ?? []);
  expect(found.every(isExhibit)).toBe(true);
  expect(new Set(found).size).toBe(found.length);
  expect(found).toContain('twins');
  for (const one of EXPERIMENTS)
    expect(claimantOf(one).word).toBe(one.exhibit === undefined ? 'paper' : 'claimed');
});

test('strangers are told by networks that other experiments have trained', () => {
  const names = (id: string, budget: 'quick' | 'standard') =>
    cellsOf(experimentOf(id), budget).flatMap(({ training }) =>
      training ? [trainingName(training)] : [],
    );
  for (const budget of ['quick', 'standard'] as const) {
    const known = new Set([...names('pc-twins', budget), ...names('pc-compression', budget)]);
    const shared = names('pc-strangers', budget).filter((name) => known.has(name));
    expect(shared.length).toBe(3); // all but the classifier with a softmax end
  }
});

test('a deep network settles until the error has reached its first layer', () => {
  for (const { point, training } of cellsOf(experimentOf('pc-depth'), 'quick')) {
    const { sizes, steps } = training!.stages[0]!.settings;
    expect(steps).toBe(point);
    expect(sizes).toEqual([784, ...new Array<number>(point! - 1).fill(64), 10]);
  }
});
