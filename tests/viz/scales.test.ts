import { describe, expect, it } from 'vitest';
import { energyScale } from '../../src/viz/energyScale.ts';
import { spreadLabels } from '../../src/viz/labels.ts';
import {
  chartDomain,
  columnMeans,
  isKnown,
  marksOf,
  paintChart,
  imagesAt,
  pointAt,
  pointNear,
  rangeBetween,
  WHOLE_RUN,
} from '../../src/viz/curves.ts';
import { contestByColumn } from '../../src/viz/heatmap.ts';
import { formatNumber, largest, levelOf } from '../../src/viz/scales.ts';
import { tickSteps } from '../../src/viz/steps.ts';
import type { HistoryPoint, SettingChange } from '../../src/protocol/snapshot.ts';
import { fakeSurface } from '../helpers/surface.ts';

describe('value scales', () => {
  it('map the ends to the ends and clamp beyond them', () => {
    const scale = { low: -2, high: 2 };
    expect([-3, -2, 0, 2, 9].map((v) => levelOf(v, scale))).toEqual([0, 0, 128, 255, 255]);
    expect(levelOf(0, { low: 0, high: 0 })).toBe(0);
  });

  it('ignore what is not a number when they look for the largest', () => {
    expect(largest([1, -3, NaN, Infinity])).toBe(3);
    expect(largest([])).toBe(0);
  });
});

describe('numbers for people', () => {
  it.each([
    [68.23, '68.2'],
    [0, '0'],
    [-0.5, '−0.500'],
    [1234.5, '1235'],
    [2.5e-5, '2.5e−5'],
    [1, '1.00'],
    [null, '—'],
    [NaN, '—'],
    [-Infinity, '−∞'],
  ])('%s is “%s”', (value, text) => expect(formatNumber(value)).toBe(text));
});

describe('curves of the timeline', () => {
  it('lie on one axis: what is ten times as much lies as far above, whichever layer it is of', () => {
    const y = energyScale([[0, 1000, 50], [10, 1, 5]], 100, 10); // prettier-ignore
    expect(y(1000)).toBeCloseTo(10, 9);
    expect(y(10) - y(100)).toBeCloseTo(y(100) - y(1000), 9);
    expect(y(1) - y(10)).toBeCloseTo(y(10) - y(100), 9);
    // 0 has a place too, at the bottom; below the smallest energy the axis is linear.
    expect([y(0), y(-1)]).toEqual([100, 100]);
    expect(y(0) - y(0.5)).toBeCloseTo(y(0.5) - y(1), 9);
    expect(y(1)).toBeLessThan(100);
  });

  it('have round numbers at the axis, the same while energies fall a little, not too close', () => {
    const y = energyScale([[0, 870, 43, 7.2]], 100, 10);
    expect(y.ticks(12)).toEqual([0, 10, 100, 1000]);
    expect(y.ticks(40)).toEqual([0, 100]);
    const later = energyScale([[0, 870, 43, 7.2, 6.9]], 100, 10);
    expect([later(870), later(43)]).toEqual([y(870), y(43)]);
    expect(energyScale([[4.2, 4.1]], 100, 10).ticks(12)).toEqual([0, 0.5, 1, 2, 5]);
    expect(energyScale([[0.042, 0.031]], 100, 10).ticks(20)).toEqual([0, 0.005, 0.02, 0.05]);
  });

  it('bear zeros, and what is not finite', () => {
    expect(energyScale([[0, 0]], 100, 10)(0)).toBe(100);
    expect(energyScale([], 100, 10).ticks(12)[0]).toBe(0);
    const broken = energyScale([[NaN, 2, Infinity, 200]], 100, 10);
    expect([broken(200), broken(2)]).toEqual([10, 91]);
    // A layer that is all but right does not press the others together.
    const tiny = energyScale([[1e-12, 1000]], 100, 10);
    expect(tiny(10)).toBeCloseTo((tiny(1000) + tiny(0.1)) / 2, 9);
  });

  it('have labels that do not overlap, in the order of the curves, inside the plot', () => {
    const placed = spreadLabels([50, 50, 49, 90], 12, 10, 90);
    const sorted = placed.toSorted((a, b) => a - b);
    sorted.forEach((y, i) => i > 0 && expect(y - sorted[i - 1]!).toBeGreaterThanOrEqual(12 - 1e-9));
    expect(placed[2]).toBeLessThan(placed[0]!);
    expect(Math.max(...placed)).toBeLessThanOrEqual(90);
  });

  it('have ticks at round steps, not too many', () => {
    expect(tickSteps([0, 50], 600)).toEqual([0, 10, 20, 30, 40, 50]);
    expect(tickSteps([0, 1000], 300).length).toBeLessThan(6);
    expect(tickSteps([0, 0], 300)).toEqual([0]);
  });
});

describe('competition in a column', () => {
  it('is none where one neuron is alone, strongest where two are equally active', () => {
    const contest = contestByColumn([0, 5, 0, 2, 2, 0, 2, 1, 0], 3);
    expect(contest[0]).toBe(0);
    expect(contest[1]).toBe(1);
    expect(contest[2]).toBeCloseTo(0.5);
  });
});

describe('training curves', () => {
  const point = (imagesSeen: number, trainBce: number | null): HistoryPoint => ({
    imagesSeen,
    trainBce,
    validationBce: null,
    sparsity: [],
    discrepancy: null,
    mmse: null,
    weightChanges: [],
    changes: [],
  });
  const bce = { name: '', colour: '', dash: [], value: (p: HistoryPoint) => p.trainBce };

  it('are on an axis that holds every value, and survives none', () => {
    expect(chartDomain([60, 500])).toEqual([0, 500]);
    expect(chartDomain([95, 100, NaN])).toEqual([95, 100]);
    expect(chartDomain([])).toEqual([0, 1]);
    expect(chartDomain([3])).toEqual([2, 4]);
  });

  it('are looked at closer: points, values and positions of that part only', () => {
    const points = [0, 100, 200, 300, 400].map((images) => point(images, 500 - images));
    const area = { left: 50, right: 250, top: 0, bottom: 100 };
    const view = { range: [100, 300] as const, log: false };
    expect(imagesAt(points, 150, area, view)).toBe(200);
    expect(imagesAt(points, 150, area, WHOLE_RUN)).toBe(200);
    expect(imagesAt(points, 50, area, view)).toBe(100);
    expect(pointAt(points, 140, area, view)).toBe(2);
    expect(pointNear(points, 260)).toBe(3);
    expect(rangeBetween(points, [200, 50], area, WHOLE_RUN)).toEqual([0, 300]);
    // Between two positions that hold too little nothing is to be seen.
    expect(rangeBetween(points, [60, 90], area, WHOLE_RUN)).toBeNull();
  });

  it('mark where a setting was changed, a slider where it came to rest', () => {
    const beta = (value: number): SettingChange => ({ key: 'beta', value });
    const rate: SettingChange = { key: 'learningRate', value: 0.5 };
    const points = [
      point(0, 90),
      { ...point(10, 80), changes: [beta(0.1)] },
      { ...point(20, 70), changes: [beta(0.2), rate] },
      point(30, 60),
      { ...point(40, 50), changes: [beta(0.3)] },
    ];
    const marks = marksOf(points, ({ key, value }) => `${key} ${String(value)}`);
    expect(marks).toEqual([
      { imagesSeen: 20, label: 'beta 0.2' },
      { imagesSeen: 20, label: 'learningRate 0.5' },
      { imagesSeen: 40, label: 'beta 0.3' },
    ]);
    const canvas = fakeSurface(300, 100);
    const area = { left: 40, right: 290, top: 6, bottom: 80 };
    const style = {
      ink: 'ink',
      soft: 'soft',
      line: 'line',
      panel: 'panel',
      font: 'x',
      fontSize: 12,
    };
    paintChart(canvas.surface, area, points, [bce], null, style, marks);
    const names = canvas.marks.filter(({ text }) => marks.some(({ label }) => label === text));
    expect(names).toHaveLength(3);
    const [first, second, last] = names;
    const place = (mark: (typeof names)[number] | undefined) => mark!.points[0]!;
    const lines = canvas.marks.filter(({ box }) => box?.[2] === 1 && box[3] === 74).map(({ box }) => box![0]); // prettier-ignore
    expect(lines).toEqual([165, 165, 290]);
    expect(place(second)[1]).toBeGreaterThan(place(first)[1] + 11); // below each other where they would overlap
    expect(place(last)[0]).toBeLessThan(290); // left of its line, where there is room
  });

  it('have no chart where nothing is known', () => {
    expect(isKnown([], [bce])).toBe(false);
    expect(isKnown([point(0, null)], [bce])).toBe(false);
    expect(isKnown([point(0, null), point(10, 80)], [bce])).toBe(true);
  });

  it('show, where many points fall on one place of the screen, their mean, and few ones as they are', () => {
    const noisy = Array.from({ length: 9000 }, (_, i) => point(i, 100 + (i % 2 === 0 ? 20 : -20)));
    const many = columnMeans(noisy, bce, (images) => images / 30);
    expect(many.length).toBeLessThanOrEqual(201);
    for (const { value } of many) expect(Math.abs(value - 100)).toBeLessThan(1);
    expect(many.at(-1)!.at).toBeCloseTo(299.24, 1);
    const few = [point(0, 5), point(10, null), point(20, 3), point(21, NaN), point(22, 1)];
    expect(columnMeans(few, bce, (images) => images * 10)).toEqual([
      { at: 0, value: 5 },
      { at: 200, value: 3 },
      { at: 210, value: NaN },
      { at: 220, value: 1 },
    ]);
    // One that is not finite spoils none of its neighbours.
    expect(columnMeans(few, bce, (images) => images / 100).map(({ value }) => value)).toEqual([4, NaN, 1]); // prettier-ignore
  });

  it('look at each of many points about once to be painted', () => {
    const many = Array.from({ length: 50_000 }, (_, i) => point(i, 100 + Math.sin(i)));
    let looks = 0;
    const series = ['a', 'b', 'c'].map((name) => ({
      ...{ name, colour: name, dash: [] },
      value: (p: HistoryPoint) => (looks++, p.trainBce),
    }));
    const { surface } = fakeSurface(300, 100);
    const style = { ink: '', soft: '', line: '', panel: '', font: 'x', fontSize: 10 };
    const area = { left: 30, right: 290, top: 6, bottom: 90 };
    paintChart(surface, area, many, series, null, style);
    expect(looks).toBeLessThan(3 * 50_000 + 1);
  });

  it('find the point nearest to the pointer', () => {
    const points = [point(0, 1), point(100, 1), point(200, 1)];
    const area = { left: 50, right: 250, top: 0, bottom: 10 };
    expect(pointAt(points, 50, area)).toBe(0);
    expect(pointAt(points, 160, area)).toBe(1);
    expect(pointAt(points, 1000, area)).toBe(2);
    expect(pointAt([], 60, area)).toBeNull();
  });
});
