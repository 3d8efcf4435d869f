import { describe, expect, test } from 'vitest';
import { experimentOf } from '../../src/experiments/experiments.ts';
import {
  columnsOf,
  isPrinted,
  isRanked,
  layersAt,
  ownUnder,
  stateOf,
  tableOf,
} from '../../src/experiments/layers.ts';
import { BCE, LOG_P } from '../../src/experiments/quantities.ts';
import { cellResult } from '../helpers/labResults.ts';

const table1 = experimentOf('table-1');
const place = { row: 'rae', dataset: 'mnist' } as const;
const idle = { running: false, failed: false };
const nothing = { shipped: [], own: [] };

describe('the three layers of a number', () => {
  test('the paper, what is shipped and what was run here stay apart', () => {
    const shipped = [1, 2, 3].map((seed) => cellResult({ seed, numbers: { bce: 60 + seed } }));
    const own = [cellResult({ numbers: { bce: 70 } })];
    expect(layersAt(table1, place, { ...BCE, point: null }, { shipped, own })).toMatchObject({
      paper: { mean: 60.94, deviation: 0.58 }, // Table 1 of the paper
      shipped: { mean: 62, deviation: 1, seeds: 3 },
      own: { mean: 70, deviation: null, seeds: 1 },
    });
  });

  test('results of two budgets are never averaged', () => {
    const quick = cellResult();
    const standard = cellResult({ origin: { ...quick.origin, budget: 'standard' } });
    const other = cellResult({ origin: { ...quick.origin, budget: 'quick' } });
    expect(ownUnder([standard, other], 'quick')).toEqual([other]);
  });

  test.each([
    ['running', { ...nothing, own: [cellResult()] }, { running: true, failed: true }],
    ['failed', { ...nothing, own: [cellResult()] }, { running: false, failed: true }],
    ['failed', { ...nothing, own: [cellResult({ state: 'diverged', reason: 'x' })] }, idle],
    ['done', { shipped: [cellResult()], own: [cellResult()] }, idle],
    ['shipped', { ...nothing, shipped: [cellResult()] }, idle],
    ['paper', nothing, idle],
  ] as const)('a place is %s', (state, known, run) => {
    expect(stateOf(table1, place, known, run)).toBe(state);
  });

  test('without any number it is not run', () => {
    expect(stateOf(table1, { row: 'rae', dataset: 'fmnist-part' }, nothing, idle)).toBe('not-run');
  });
});

describe('columns', () => {
  test('a figure has one for each of its points, and never averages over them', () => {
    const figure = experimentOf('figure-4');
    const shipped = [100, 1000].map((point) =>
      cellResult({ experiment: 'figure-4', point, numbers: { bce: point } }),
    );
    const known = { shipped, own: [] };
    const columns = columnsOf(figure, known);
    expect(columns.map(({ title }) => title)).toEqual(['BCE, 100', 'BCE, 1,000']);
    const means = columns.map((column) => layersAt(figure, place, column, known).shipped?.mean);
    expect(means).toEqual([100, 1000]);
  });
});

describe('what is claimed at points of an axis', () => {
  const compression = experimentOf('pc-compression');

  test('has columns before anything was run, each with its own number', () => {
    const columns = columnsOf(compression, nothing).filter(({ key }) => key === 'mse');
    expect(columns.map(({ point }) => point)).toEqual([5_000, 15_000, 30_000]);
    const relu = { row: 'relu', dataset: 'mnist' } as const;
    const claimed = columns.map(
      (column) => layersAt(compression, relu, column, nothing).paper?.mean,
    );
    expect(claimed).toEqual([0.012, 0.0063, 0.0049]);
  });

  test('of two seeds stands as their mean', () => {
    const [accuracy] = columnsOf(experimentOf('pc-twins'), nothing);
    const at = { row: 'backprop', dataset: 'mnist' } as const;
    const { paper } = layersAt(experimentOf('pc-twins'), at, accuracy!, nothing);
    expect(paper?.mean).toBeCloseTo(96.05, 6);
    expect(paper?.deviation).toBeCloseTo(0.0707, 4);
  });
});

describe('a table', () => {
  test('the paper’s best two of MNIST are those that it prints in bold', () => {
    const bold = (column: number) =>
      tableOf(table1, nothing).flatMap(([mnist]) =>
        mnist!.numbers[column]!.best.includes('paper') ? mnist!.row.title : [],
      );
    expect(bold(0)).toEqual(['GNCN-t1-Σ', 'GNCN-PDH']); // lower is better
    expect(bold(1)).toEqual(['GAN-AE', 'GNCN-PDH']); // higher is better
    expect(table1.drawing).toMatchObject({ columns: [BCE, LOG_P] });
  });

  test('of two there is no best two', () => {
    const own = ['rae', 'gvae'].map((row) => cellResult({ row }));
    const table = tableOf(table1, { shipped: [], own });
    expect(
      table.flat().some(({ numbers }) => numbers.some(({ best }) => best.includes('own'))),
    ).toBe(false);
  });

  test('of how many neurons are active neither more nor less is better: nobody is the best', () => {
    expect(isRanked(tableOf(table1, nothing))).toBe(true);
    expect(isRanked(tableOf(experimentOf('table-3'), nothing))).toBe(false);
  });

  test('which experiments the paper prints numbers of', () => {
    expect(isPrinted(table1)).toBe(true);
    expect(isPrinted(experimentOf('ablation'))).toBe(false);
  });
});
