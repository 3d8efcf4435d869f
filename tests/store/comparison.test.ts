import { describe, expect, test } from 'vitest';

import { defaultConfig } from '../../src/ngc/config/parse.ts';
import { SETTINGS } from '../../src/ngc/config/settings.ts';
import type { ComparedRun } from '../../src/protocol/runs.ts';
import { differencesOf, groupCurve, groupsOf } from '../../src/store/comparison.ts';
import { runCard } from '../fakes/engine.ts';

const run = (
  id: string,
  change: Partial<ComparedRun['config']> = {},
  { seed = 1, bce = [300, null, 100], images = [0, 20, 40] as number[] } = {},
): ComparedRun => ({
  card: runCard({ id, name: `run ${id}`, seed }),
  config: { ...defaultConfig('gncn-pdh'), ...change },
  images,
  curves: { validationBce: bce, trainBce: [], mmse: [], discrepancy: [], weightChange: [] },
});

describe('runs that are compared', () => {
  test('are one group where only their seeds differ, and never two of the same seed', () => {
    const all = [run('a'), run('b', {}, { seed: 2 }), run('c', { lateral: 'none' }), run('d')];
    const ids = groupsOf(all).map(({ runs }) => runs.map(({ card }) => card.id));
    expect(ids).toEqual([['a', 'b'], ['c'], ['d']]);
    expect(groupsOf(all).map(({ name }) => name)).toEqual(['run a (2 seeds)', 'run c', 'run d']);
  });

  test('of other images are other groups', () => {
    const other = run('b', {}, { seed: 2 });
    const elsewhere = { ...other, card: { ...other.card, dataset: { id: 'mnist', title: 'MNIST', images: 58_000 } as const } }; // prettier-ignore
    expect(groupsOf([run('a'), elsewhere])).toHaveLength(2);
  });

  test('have the mean over seeds with its deviation where all of them tell, and nowhere else', () => {
    const group = groupsOf([
      run('a'),
      run('b', {}, { seed: 2, bce: [310, 200, 104], images: [0, 20, 40] }),
      run('c', {}, { seed: 3, bce: [320, 106], images: [0, 40] }),
    ])[0]!;
    expect(groupCurve(group, 'validationBce')).toEqual([
      { images: 0, mean: 310, deviation: 10 },
      { images: 40, mean: expect.closeTo(103.333, 2) as number, deviation: expect.closeTo(3.055, 2) as number }, // prettier-ignore
    ]);
    expect(groupCurve(groupsOf([run('a')])[0]!, 'validationBce')).toEqual([
      { images: 0, mean: 300, deviation: null },
      { images: 40, mean: 100, deviation: null },
    ]);
  });

  test('say in what they differ, by the names of settings, and nothing else', () => {
    const groups = groupsOf([run('a'), run('c', { lateral: 'none', learningRate: 0.5 }, { seed: 4 })]); // prettier-ignore
    const label = (key: string) => SETTINGS.find((one) => one.key === key)!.label;
    const { learningRate, lateral } = defaultConfig('gncn-pdh');
    expect(differencesOf(groups, SETTINGS)).toEqual(
      expect.arrayContaining([
        { what: 'seed', values: ['1', '4'] },
        { what: label('lateral'), values: [lateral, 'none'] },
        { what: label('learningRate'), values: [String(learningRate), '0.5'] },
      ]),
    );
    expect(differencesOf(groups, SETTINGS)).toHaveLength(3);
    expect(differencesOf(groupsOf([run('a'), run('d')]), SETTINGS)).toEqual([]);
  });
});
