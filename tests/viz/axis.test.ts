import { describe, expect, it } from 'vitest';
import type { HistoryPoint } from '../../src/protocol/snapshot.ts';
import { paintAxis } from '../../src/viz/axis.ts';
import { latestValue, paintChart } from '../../src/viz/curves.ts';
import { heldRange, stepScale, stepUnder, tickSteps, timelineRange } from '../../src/viz/steps.ts';
import { paintTimeline } from '../../src/viz/timeline.ts';
import { paintTraces } from '../../src/viz/trace.ts';
import { fakeSurface } from '../helpers/surface.ts';

const area = { left: 30, right: 230, top: 10, bottom: 110 };
const colours = { line: 'line', soft: 'soft', ink: 'ink', panel: 'panel', font: 'x', fontSize: 10 };
type Canvas = ReturnType<typeof fakeSurface>;
const textAt = ({ marks }: Canvas, text: string) =>
  marks.find((mark) => mark.kind === 'text' && mark.text === text)?.points[0];
const lineOf = ({ marks }: Canvas, colour: string) =>
  marks.find((mark) => mark.kind === 'stroke' && mark.colour === colour)!.points;

describe('an axis', () => {
  it('has its lines and numbers where its scale puts them', () => {
    const canvas = fakeSurface(240, 130);
    const scale = (value: number) => 10 + 7 * value;
    paintAxis(canvas.surface.context, area, { side: 'left', scale, lines: [1, 2], ticks: [1, 2], gap: 5 }, colours); // prettier-ignore
    paintAxis(canvas.surface.context, area, { side: 'bottom', scale, lines: [4], ticks: [5], format: (tick) => `${tick}k` }, colours); // prettier-ignore
    expect(
      canvas.marks.map(({ box, text, points, colour }) => box ?? [text, ...points[0]!, colour]),
    ).toEqual([
      // prettier-ignore
      [30, 17, 200, 1],
      [30, 24, 200, 1],
      ['1', 25, 17, 'soft'],
      ['2', 25, 24, 'soft'],
      [38, 10, 1, 100],
      ['5k', 45, 114, 'soft'],
    ]);
  });

  it('moves the words of a tick, not its line', () => {
    const canvas = fakeSurface(240, 130);
    paintAxis(canvas.surface.context, area, { side: 'bottom', scale: (v) => v, lines: [50], ticks: [50], place: (at) => ({ at: at + 9, align: 'right' }) }, colours); // prettier-ignore
    expect(canvas.marks[0]!.box).toEqual([50, 10, 1, 100]);
    expect(textAt(canvas, '50')).toEqual([59, 114]);
  });
});

describe('axes of charts agree with what they measure', () => {
  const point = (imagesSeen: number, trainBce: number | null): HistoryPoint => ({
    ...{
      imagesSeen,
      trainBce,
      validationBce: null,
      sparsity: [],
      discrepancy: null,
      mmse: null,
      weightChanges: [],
      changes: [],
    },
  });
  const bce = { name: '', colour: 'blue', dash: [], value: (p: HistoryPoint) => p.trainBce };

  it('training curves: every number stands at the height of a point with that value, larger ones higher', () => {
    const canvas = fakeSurface(240, 130);
    const points = [point(0, 600), point(1000, 400), point(2000, 0)];
    paintChart(canvas.surface, area, points, [bce], null, colours);
    const [first, middle, last] = lineOf(canvas, 'blue');
    expect([first, middle, last]).toEqual([[30, 10], [130, 10 + 100 / 3], [230, 110]]); // prettier-ignore
    for (const [value, on] of [
      ['600', first],
      ['400', middle],
      ['0', last],
    ] as const)
      // prettier-ignore
      expect(textAt(canvas, value)![1]).toBeCloseTo(on![1], 9);
    expect(textAt(canvas, '1k')![0]).toBeCloseTo(middle![0], 9);
    expect(textAt(canvas, '2k')![0]).toBeCloseTo(last![0], 9);
  });

  it('training curves: negative values lie below zero', () => {
    const canvas = fakeSurface(240, 130);
    paintChart(canvas.surface, area, [point(0, -4), point(1, 4)], [bce], null, colours);
    const [low, high] = lineOf(canvas, 'blue');
    expect(low![1]).toBe(area.bottom);
    expect(high![1]).toBe(area.top);
    expect(textAt(canvas, '0')![1]).toBe(60);
    expect(textAt(canvas, '−4')![1]).toBe(area.bottom);
  });

  it('training curves: the latest value told is read off, though later points tell none', () => {
    const points = [point(0, 5), point(1, 3), point(2, null)];
    expect([0, 1, 2].map((at) => latestValue(points, at, bce))).toEqual([5, 3, 3]);
    expect(latestValue([point(0, null)], 0, bce)).toBeNull();
  });

  it('the timeline: every step number stands under its frame', () => {
    const canvas = fakeSurface(300, 130);
    const steps = Array.from({ length: 21 }, (_, i) => i);
    const energies = [steps.map((step) => 21 - step)];
    paintTimeline(
      canvas.surface,
      { energies: area, discrepancy: null },
      { steps, energies, discrepancy: null, firstStep: 0, lastStep: 20, marks: [], shown: 0 },
      { ...colours, colours: ['teal'], dashes: [[]], names: ['x'], discrepancy: '', better: '', nats: '', step: String, numbers: true }, // prettier-ignore
    );
    const curve = lineOf(canvas, 'teal');
    for (const step of tickSteps([0, 20], 200)) {
      expect(textAt(canvas, String(step))![0]).toBeCloseTo(curve[step]![0], 9);
      const x = Math.round(curve[step]![0]);
      expect(canvas.marks.some(({ box }) => box?.join() === [x, 10, 1, 100].join())).toBe(true);
    }
    // Errors that fall are a curve that falls.
    const heights = curve.map(([, y]) => y);
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
  });

  it('a neuron’s curve: its range beside it, zero where the line is, positive above', () => {
    const canvas = fakeSurface(240, 130);
    const trace = { values: [-1, 0, 3], colour: 'blue', dash: [], width: 2 };
    paintTraces(canvas.surface, area, [5, 6, 7], [5, 7], 2, [trace], colours);
    expect(lineOf(canvas, 'blue')).toEqual([[30, 110], [130, 85], [230, 10]]); // prettier-ignore
    expect(canvas.marks.find(({ colour }) => colour === 'line')!.box).toEqual([30, 85, 200, 1]);
    // Numbers at the ends stand a little inside.
    expect([textAt(canvas, '3.0'), textAt(canvas, '0'), textAt(canvas, '−1.0')]).toEqual([[26, 13], [26, 85], [26, 107]]); // prettier-ignore
    expect([textAt(canvas, '5'), textAt(canvas, '7')]).toEqual([[30, 114], [230, 114]]); // prettier-ignore
  });
});

describe('steps of a plot', () => {
  const episode = (first: number, count: number, live: boolean) => ({
    ...{ info: { live, steps: 20 }, count, shown: count - 1, following: true },
    stepAt: (index: number) => first + index,
  });

  it('are all to come, of a live episode a window that ends at the newest', () => {
    expect([timelineRange(episode(0, 3, false)), heldRange(episode(0, 3, false))]).toEqual([[0, 20], [0, 20]]); // prettier-ignore
    expect([timelineRange(episode(0, 3, true)), heldRange(episode(0, 3, true))]).toEqual([[0, 40], [0, 2]]); // prettier-ignore
    expect([timelineRange(episode(50, 151, true)), heldRange(episode(50, 151, true))]).toEqual([[120, 200], [50, 200]]); // prettier-ignore
    expect(timelineRange({ ...episode(0, 0, false), info: null })).toEqual([0, 0]);
  });

  it('stay where one looks at an earlier one, while a live episode goes on', () => {
    const at = (step: number, first = 50, count = 200) => ({
      ...{ ...episode(first, count, true), shown: step - first, following: false },
    });
    const held = [120, 200] as const;
    expect(timelineRange(at(150), held)).toEqual([120, 200]);
    expect(timelineRange(at(150, 80, 200), held)).toEqual([120, 200]);
    expect(timelineRange(at(115), held)).toEqual([115, 195]);
    expect(timelineRange(at(203), held)).toEqual([123, 203]);
    expect(timelineRange(episode(50, 200, true), held)).toEqual([169, 249]);
  });

  it('are found again by the pointer', () => {
    for (const range of [
      [0, 50],
      [51, 131],
      [7, 7],
    ] as const) {
      // prettier-ignore
      const x = stepScale(range, area);
      for (let step = range[0]; step <= range[1]; step++)
        expect(stepUnder(x(step), area, range)).toBe(step);
    }
  });

  it.each([
    [[0, 20], 579, [0, 5, 10, 15, 20]],
    [[0, 1], 500, [0, 1]],
    [[40, 80], 300, [40, 50, 60, 70, 80]],
    [[0, 200], 579, [0, 50, 100, 150, 200]],
  ] as const)('%j across %i pixels are written at %j', (range, width, expected) => {
    expect(tickSteps(range, width)).toEqual(expected);
  });
});
