import { describe, expect, it } from 'vitest';
import type { Contestant } from '../../src/viz/columnContest.ts';
import { contestantAt, paintColumnContest, verdictOf } from '../../src/viz/columnContest.ts';
import { raster } from '../helpers/raster.ts';

/** Inhibition 0.1, self-excitation 0.15, as seen by neuron `index`. */
const group = (activity: readonly number[], index: number): Contestant[] =>
  activity.map((phi, i) => ({ index: i, activity: phi, pull: phi * (i === index ? 0.15 : -0.1) }));

describe('who wins a contest', () => {
  it.each([
    [[1, 2, 0], 1, 'wins', 1],
    [[1, 2, 0], 0, 'held', 1],
    [[1, 2, 0], 2, 'silent', 1],
    [[0, 0, 0], 2, 'nobody', undefined],
  ] as const)('%j seen by %i: %s', (activity, index, standing, winner) => {
    const verdict = verdictOf(group(activity, index), index);
    expect(verdict.standing).toBe(standing);
    expect(verdict.winner?.index).toBe(winner);
  });

  it('adds up what the neuron gives itself and what the others take', () => {
    const { own, others } = verdictOf(group([1, 2, 0], 0), 0);
    expect(own).toBeCloseTo(0.15);
    expect(others).toBeCloseTo(-0.2);
  });
});

describe('the diagram of a contest', () => {
  const style = {
    state: 'teal',
    side: 'violet',
    soft: 'grey',
    ink: 'black',
    line: 'line',
    font: 'x',
    fontSize: 10,
  };

  it('paints bars as high as activity, and names every member', () => {
    const { surface, at, texts } = raster(90, 100);
    paintColumnContest(surface, group([1, 2, 0], 1), 1, { activity: 2, pull: 0.3 }, style);
    // Bars stand on 56 and reach up to 13 at most.
    expect([at(45, 15), at(15, 15), at(15, 40), at(75, 50)]).toEqual(['teal', '', 'teal', '']);
    expect(texts).toEqual(['0', '1', '2']);
  });

  it('marks what holds down by a crossbar', () => {
    const seen = (index: number) => {
      const { surface, at } = raster(90, 100);
      paintColumnContest(
        surface,
        group([0, 2, 0], index),
        index,
        { activity: 2, pull: 0.2 },
        style,
      );
      const below = [];
      for (let x = 0; x < 90; x++) if (at(x, 61) === 'violet') below.push(x);
      return below;
    };
    expect(seen(0).length).toBeGreaterThan(4);
    // An arrowhead is a path, not a bar.
    expect(seen(1)).toEqual([]);
  });

  it('finds the member under the pointer', () => {
    expect([0, 44, 89].map((x) => contestantAt(3, 90, x))).toEqual([0, 1, 2]);
    expect(contestantAt(3, 90, 95)).toBeNull();
  });
});
