import { describe, expect, it } from 'vitest';
import type { HistoryPoint } from '../../src/protocol/snapshot.ts';
import { UNKNOWN_CSS } from '../../src/viz/colour.ts';
import { paintColumnContest } from '../../src/viz/columnContest.ts';
import { contests, paintContests } from '../../src/viz/contestStage.ts';
import { paintChart } from '../../src/viz/curves.ts';
import { gaugeOf, psiOf } from '../../src/viz/gauge.ts';
import { activityHistogram, paintHistogram } from '../../src/viz/histogram.ts';
import { paintShares } from '../../src/viz/shares.ts';
import { paintTimeline } from '../../src/viz/timeline.ts';
import { paintTraces } from '../../src/viz/trace.ts';
import { paintWaterfall, reach, runningBars } from '../../src/viz/waterfall.ts';
import { raster } from '../helpers/raster.ts';
import { fakeSurface } from '../helpers/surface.ts';

/*
 * A network that diverged has states that are not finite. Wherever such a value is painted it must be seen as that: never as 0, which
 * would look like a neuron at rest or an error that is gone.
 */

const words = { line: 'line', soft: 'soft', ink: 'ink', panel: 'panel', font: 'x', fontSize: 10 };
const area = { left: 0, right: 200, top: 0, bottom: 100 };
type Canvas = ReturnType<typeof fakeSurface>;
/** Where the middle of each mark lies. */
const marksOf = ({ marks }: Canvas) =>
  marks
    .filter(({ kind, colour }) => kind === 'stroke' && colour === UNKNOWN_CSS)
    .map(({ points }) => [
      (points[0]![0] + points[1]![0]) / 2,
      (points[0]![1] + points[1]![1]) / 2,
    ]);
const linesOf = ({ marks }: Canvas, colour: string) =>
  marks.filter((mark) => mark.kind === 'stroke' && mark.colour === colour);

describe.each([NaN, Infinity, -Infinity])('%s is seen', (broken) => {
  const timeline = (energies: number[][], discrepancy: number[] | null = null, shown = 0) => {
    const canvas = fakeSurface(300, 120);
    const steps = energies[0]!.map((_, i) => i);
    const data = { steps, energies, discrepancy, firstStep: 0, lastStep: steps.length - 1, marks: [], shown }; // prettier-ignore
    const style = { colours: ['teal', 'red'], dashes: [[]], names: ['x', 'y'], discrepancy: 'ψ', better: '', nats: '', step: String, numbers: true }; // prettier-ignore
    const plots = {
      energies: area,
      discrepancy: discrepancy && { ...area, top: 120, bottom: 150 },
    };
    paintTimeline(canvas.surface, plots, data, { ...words, ...style });
    return canvas;
  };

  it('in the timeline: a gap, and a mark above the step', () => {
    const canvas = timeline([[4, 2, broken, 2, 1]]);
    const [curve] = linesOf(canvas, 'teal');
    expect(curve!.points.map(([x]) => x)).toEqual([0, 50, 150, 200]);
    expect(curve!.points.every(([, y]) => Number.isFinite(y))).toBe(true);
    expect(marksOf(canvas)).toEqual([[100, 4]]);
  });

  it('in the timeline: marks of two curves below each other, and no dot on the bottom', () => {
    const canvas = timeline([[1, broken], [1, broken]], null, 1); // prettier-ignore
    // Each is marked where the curve breaks and once more at the step on show.
    expect([...new Set(marksOf(canvas).map(String))]).toEqual(['200,4', '200,13']);
    const dots = canvas.marks.filter((m) => m.kind === 'fill' && m.box === null);
    expect(dots).toEqual([]);
  });

  it('in the timeline: the name of a curve that ends so stands above, and no line ties it to an end', () => {
    const names = (energies: number[]) => {
      const { marks } = timeline([energies]);
      const name = marks.find(({ text }) => text === 'x')!;
      const ties = marks.filter(({ kind, alpha }) => kind === 'stroke' && alpha < 1);
      return [name.points[0]![1] < area.bottom / 2, ties.length];
    };
    expect(names([4, 2, broken])).toEqual([true, 0]);
    expect(names([4, 2, 1e-9])).toEqual([false, 1]);
  });

  it('in the timeline: ψ that is not finite is not the best one', () => {
    const canvas = timeline([[1, 1, 1]], [-50, broken, -40]);
    expect(linesOf(canvas, 'ink')[0]!.points).toEqual([[0, 150], [200, 120]]); // prettier-ignore
    expect(marksOf(canvas)).toEqual([[100, 124]]);
  });

  it('in a neuron’s curve', () => {
    const canvas = fakeSurface(240, 120);
    const trace = { values: [1, broken, 2], colour: 'blue', dash: [], width: 2 };
    paintTraces(canvas.surface, area, [0, 1, 2], [0, 2], 1, [trace], words);
    expect(linesOf(canvas, 'blue')[0]!.points).toEqual([[0, 50], [200, 0]]); // prettier-ignore
    expect([...new Set(marksOf(canvas).map(String))]).toEqual(['100,4']);
  });

  it('in training curves, also where only every n-th point is drawn, and where the cursor is', () => {
    const told = (trainBce: number | null, imagesSeen: number): HistoryPoint => ({
      ...{ imagesSeen, trainBce, validationBce: null, sparsity: [], discrepancy: null },
      mmse: null,
      weightChanges: [],
      changes: [],
    });
    const bce = { name: '', colour: 'blue', dash: [], value: (p: HistoryPoint) => p.trainBce };
    const paint = (values: (number | null)[], cursor: number | null = null) => {
      const canvas = fakeSurface(240, 120);
      paintChart(canvas.surface, area, values.map(told), [bce], cursor, words);
      return canvas;
    };
    expect(marksOf(paint([5, broken, 3]))).toEqual([[100, 4]]);
    const many = Array.from({ length: 2001 }, (_, i) => (i === 1001 ? broken : 1 + (i % 7)));
    expect(marksOf(paint(many))).toEqual([[100.1, 4]]);
    expect(marksOf(paint([5, broken, 3], 1))).toHaveLength(2);
    // What is not told at a point is no fault.
    expect(marksOf(paint([5, null, 3], 1))).toEqual([]);
  });

  it('in the waterfall: stripes for the term and the sum, the other terms at their place', () => {
    expect(runningBars([1, broken, 2])).toEqual([{ from: 0, to: 1 }, { from: 1, to: 1 }, { from: 1, to: 3 }]); // prettier-ignore
    expect(reach([1, broken, 2])).toEqual([0, 3]);
    const { surface, at } = raster(102, 80);
    const terms = [1, broken, -2].map((value) => ({ value, colour: 'red' }));
    paintWaterfall(surface, terms, [2, 2], { sum: 'ink', line: 'line' });
    expect([at(60, 10), at(40, 10)]).toEqual(['red', '']);
    expect([at(4, 30), at(100, 30), at(4, 70), at(100, 70)]).toEqual(Array(4).fill(UNKNOWN_CSS));
    expect([at(65, 50), at(30, 50)]).toEqual(['red', 'red']);
  });

  it('in shares of active neurons', () => {
    const { surface, at } = raster(102, 50);
    paintShares(surface, [{ now: broken, without: broken, paper: null, colour: 'teal' }], words);
    expect([at(4, 16), at(96, 16), at(4, 34)]).toEqual(Array(3).fill(UNKNOWN_CSS));
  });

  it('in the histogram: counted apart from the silent and the active', () => {
    const histogram = activityHistogram([0, broken, 0.5, 1, broken], 2);
    expect(histogram).toEqual({ silent: 1, counts: [0, 2], width: 0.5, unknown: 2 });
    const { surface, at } = raster(52, 110);
    const style = { silent: 'silent', active: 'active', other: 'other', silentName: '' };
    paintHistogram(surface, { ...area, right: 52 }, histogram, null, { ...words, ...style });
    // Bins of 10 after 24 for the silent ones and a gap of 8, where the stripes are.
    expect([at(24, 50), at(23, 50), at(45, 50)]).toEqual([UNKNOWN_CSS, '', 'active']);
  });

  it('in the contest of a column: a striped bar of full height', () => {
    const { surface, at } = raster(90, 100);
    const of = (index: number, activity: number) => ({ index, activity, pull: -activity });
    paintColumnContest(surface, [of(0, 1), of(1, broken), of(2, 0)], 0, { activity: 2, pull: 1 }, { ...words, state: 'teal', side: 'violet' }); // prettier-ignore
    expect([at(35, 14), at(35, 54), at(15, 50)]).toEqual([UNKNOWN_CSS, UNKNOWN_CSS, 'teal']);
  });

  it('on the stage of contests: named apart, no winner, with marks', () => {
    const activity = [Float32Array.of(1, 1, 1, 1), Float32Array.of(broken, 0.5, broken, broken)];
    const groups = contests(activity, new Float32Array(4), 1, 2);
    expect(groups[0]).toEqual({ first: 0, members: 2, winner: 1, rivals: [], held: [], unknown: [0] }); // prettier-ignore
    expect(groups[1]).toMatchObject({ winner: null, unknown: [2, 3] });
    const canvas = fakeSurface(300, 80);
    const style = { ...words, side: 'violet', raised: 'raised' };
    paintContests(canvas.surface, { activity, steps: [0, 1], shown: 1, contests: groups, pinned: null }, style); // prettier-ignore
    expect(marksOf(canvas)).toHaveLength(3);
    expect(canvas.marks.some((m) => m.text === '—' && m.colour === UNKNOWN_CSS)).toBe(true);
    expect(linesOf(canvas, 'violet')[0]!.points.every(([, y]) => y > 0 && y < 80)).toBe(true);
  });

  it('on the gauge of surprise', () => {
    const spread = { least: 9, p5: 12, p25: 19, p50: 23, p75: 28, p95: 36, most: 50, blank: 4 };
    expect(gaugeOf(spread).at(broken)).toBe(1);
    expect(psiOf([broken], [1, broken])).toBeNaN();
    // Training does not compute ψ of its frames: nothing is broken there.
    expect([psiOf([broken], [1, 2]), psiOf(null, null), psiOf([-50], [1])]).toEqual([null, null, -50]); // prettier-ignore
  });
});
