import { describe, expect, it } from 'vitest';

import { frameLayout, neuronTerms } from '../../src/protocol/frame.ts';
import type { Condition } from '../../src/protocol/condition.ts';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import { LIGHT, unpack } from '../../src/viz/colour.ts';
import { columnLayout } from '../../src/viz/columns.ts';
import { contestAt, contestBoxes, contests, paintContests } from '../../src/viz/contestStage.ts';
import { gaugeOf } from '../../src/viz/gauge.ts';
import { lateralEffect, paintLateralPattern } from '../../src/viz/lateralPattern.ts';
import { paintCut, paintSilenced } from '../../src/viz/lesionMarks.ts';
import { stepNumbers } from '../../src/viz/stepNumbers.ts';
import { fakeSurface } from '../helpers/surface.ts';

const layout = frameLayout([4, 3, 2]);
const condition: Condition = {
  steering: { beta: 0.25, leak: 0.05, laplace: 0.02, lateralInhibition: 0.1, selfExcitation: 0.2 },
  lesions: NO_LESIONS,
};
/** A frame with a different number everywhere. */
const frame = (seed: number) =>
  Float32Array.from({ length: layout.stride }, (_, i) => Math.sin(seed + 1.7 * i));
const source = (frames: Float32Array[], conditions = frames.map(() => condition)) => ({
  info: { id: 1, layout },
  count: frames.length,
  shown: frames.length - 1,
  stepAt: (index: number) => index,
  read: (section: { offset: number; length: number }, index: number) =>
    frames[index]?.subarray(section.offset, section.offset + section.length) ?? null,
  conditionAt: (index: number) => conditions[index] ?? null,
});

describe('the numbers of a step', () => {
  it('are means over the terms of each neuron', () => {
    const frames = [frame(1), frame(2)];
    const numbers = stepNumbers(source(frames))!;
    for (const layer of [1, 2]) {
      const size = layout.sizes[layer]!;
      let moved = 0;
      for (let index = 0; index < size; index++)
        moved += Math.abs(
          0.25 * neuronTerms(frames[1]!, layout, 0, condition, { layer, index }).change,
        );
      expect(numbers.corrections[layer - 1]).toBeCloseTo(moved / size, 6);
    }
    expect(numbers.discrepancy).toBeCloseTo(frames[1]![layout.discrepancy.offset]!, 6);
    expect(numbers.before).toBeCloseTo(frames[0]![layout.discrepancy.offset]!, 6);
    expect(numbers.energiesBefore).toHaveLength(2);
  });

  it('tell who is active, and know nothing before the first frame', () => {
    const numbers = stepNumbers(source([frame(3)]))!;
    const { offset } = layout.active;
    expect(numbers.active).toEqual([...frame(3).subarray(offset, offset + 2)]);
    expect(numbers.before).toBeNull();
    expect(stepNumbers(source([]))).toBeNull();
  });
});

describe('contests', () => {
  const activity = [
    Float32Array.of(0, 0, 0, 0, 0, 0),
    Float32Array.of(0.2, 0.9, 0.5, 0.1, 0, 0),
    Float32Array.of(0.1, 1.5, 0, 0, 0, 0),
  ];
  const lateral = Float32Array.of(-0.1, 0.2, -0.2, 0, 0, 0);

  it('tell the winner, who is active beside it, and who was held down', () => {
    const [first, second] = contests(activity, lateral, 2, 3);
    expect(first).toEqual({ first: 0, members: 3, winner: 1, rivals: [0], held: [2], unknown: [] });
    // Neuron 3 fell silent by itself: nobody inhibits it.
    expect(second).toEqual({
      first: 3,
      members: 3,
      winner: null,
      rivals: [],
      held: [],
      unknown: [],
    });
  });

  it.each([
    [30, 480, 490],
    [20, 480, 490],
    [7, 300, 900],
  ])('lays %i charts into %i×%i without overlap', (count, width, height) => {
    const boxes = contestBoxes(count, width, height);
    expect(boxes).toHaveLength(count);
    boxes.forEach(({ x, y, width: w, height: h }, i) => {
      expect(x + w).toBeLessThanOrEqual(width + 1e-6);
      expect(y + h).toBeLessThanOrEqual(height + 1e-6);
      expect(contestAt(x + w / 2, y + h / 2, boxes)).toBe(i);
    });
    expect(contestAt(-1, 5, boxes)).toBeNull();
  });

  it('draws the winner thick in violet, who was held down dashed, on one scale', () => {
    const { surface, marks } = fakeSurface(200, 80);
    paintContests(
      surface,
      {
        activity,
        steps: [0, 1, 2],
        shown: 2,
        contests: contests(activity, lateral, 2, 3),
        pinned: 1,
      },
      {
        side: 'violet',
        soft: 'grey',
        line: 'line',
        ink: 'ink',
        raised: 'raised',
        font: 'sans-serif',
        fontSize: 11,
      },
    );
    const lines = marks.filter(({ kind, points }) => kind === 'stroke' && points.length === 3);
    expect(lines.map(({ colour, dashed }) => [colour, dashed])).toEqual([
      ['grey', true],
      ['grey', false],
      ['violet', false],
    ]);
    const winner = lines.at(-1)!;
    expect(winner.line).toBeGreaterThan(lines[1]!.line);
    expect(winner.points[2]![1]).toBeLessThan(lines[1]!.points[2]![1]);
    expect(marks.filter(({ kind }) => kind === 'text').map(({ text }) => text)).toEqual(['1', '1 ↓', '—']); // prettier-ignore
  });
});

describe('the pattern of V', () => {
  const pattern = { group: 3, groups: 2, selfExcitation: 0.15, inhibition: 0.1 };

  it('excites on the diagonal, inhibits inside a group, and does nothing between groups', () => {
    expect(lateralEffect(pattern, 1, 1)).toBe(0.15);
    expect(lateralEffect(pattern, 0, 2)).toBe(-0.1);
    expect(lateralEffect(pattern, 2, 3)).toBe(0);
  });

  it('shows this in orange, blue and neutral', () => {
    const { surface, at } = fakeSurface(60, 60);
    paintLateralPattern(surface, pattern, 0.25, { map: LIGHT.signed, line: 'line', side: 'side' });
    const colour = (x: number, y: number) => at(x, y)!.match(/\d+/g)!.map(Number);
    const [red, , blue] = colour(5, 5);
    expect(red).toBeGreaterThan(blue!);
    const inhibits = colour(15, 5);
    expect(inhibits[2]).toBeGreaterThan(inhibits[0]!);
    expect(colour(55, 5)).toEqual([...unpack(LIGHT.signed.packed[128]!)]);
  });
});

describe('the gauge of surprise', () => {
  const spread = { least: 9, p5: 12, p25: 19, p50: 23, p75: 28, p95: 36, most: 50, blank: 4 };

  it('rises with surprise, holds everything, and is finer among digits than far from them', () => {
    const gauge = gaugeOf(spread);
    const places = [0, 1, 4, 9, 12, 23, 36, 50, 120, 1e6].map(gauge.at);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect([places[0], places.at(-1)]).toEqual([0, 1]);
    // The empty page stands apart from every digit, and from the end.
    expect(gauge.at(spread.blank)).toBeGreaterThan(0);
    expect(gauge.at(spread.blank)).toBeLessThan(gauge.at(spread.least) - 0.1);
    expect(gauge.at(24) - gauge.at(23)).toBeGreaterThan(2 * (gauge.at(101) - gauge.at(100)));
    expect([gauge.beyond(1e6), gauge.beyond(100)]).toEqual([true, false]);
  });

  it('holds a network for which all pictures are the same', () => {
    const same = { least: 5, p5: 5, p25: 5, p50: 5, p75: 5, p95: 5, most: 5, blank: 0 };
    const gauge = gaugeOf(same);
    expect([gauge.low, gauge.high, gauge.at(0), gauge.at(5)].every(Number.isFinite)).toBe(true);
    expect(gauge.at(5)).toBeGreaterThan(gauge.at(0));
  });
});

describe('marks of lesions', () => {
  it('cross out silent neurons where they lie, and nobody else', () => {
    const columns = columnLayout(24, 12, 200, 60);
    const { surface, marks, at } = fakeSurface(200, 60);
    paintSilenced(surface, columns, [0, 99], { ink: 'red', ground: 'paper' });
    expect(marks).toHaveLength(2);
    expect(at(columns.cell / 2, columns.cell / 2)).toBe('paper');
    expect(at(columns.cell * 1.5, columns.cell / 2)).toBeUndefined();
  });

  it('dim a whole tile', () => {
    const { surface, marks } = fakeSurface(50, 40);
    paintCut(surface, { ink: 'red', ground: 'paper' });
    expect(marks[0]).toMatchObject({ colour: 'paper', box: [0, 0, 50, 40] });
    expect(marks[0]!.alpha).toBeLessThan(1);
    expect(marks[1]).toMatchObject({ kind: 'stroke', colour: 'red' });
  });
});
