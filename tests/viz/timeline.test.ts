import { describe, expect, it } from 'vitest';
import { tickSteps } from '../../src/viz/steps.ts';
import type { TimelineData, TimelineStyle } from '../../src/viz/timeline.ts';
import { paintTimeline, timelinePlots } from '../../src/viz/timeline.ts';
import { fakeSurface } from '../helpers/surface.ts';

const area = { left: 40, right: 240, top: 10, bottom: 110 };
const STYLE: TimelineStyle = {
  ...{ colours: ['teal', 'red'], dashes: [[], [2]], names: ['pixels', 'layer 1'] },
  ...{ discrepancy: 'ψ', better: 'higher is better', nats: 'nats', step: String, numbers: true },
  ...{ ink: 'ink', soft: 'soft', line: 'line', font: 'sans-serif', fontSize: 10 },
};
const DATA: TimelineData = {
  steps: [0, 1, 2, 3, 4],
  energies: [
    [1000, 100, 10, 10, 10],
    [0, 100, 1, 1, 1],
  ],
  discrepancy: [-540, -120, -100, -90, -99],
  ...{ firstStep: 0, lastStep: 20, marks: [], shown: 1 },
};

function painted(data: Partial<TimelineData> = {}, style: Partial<TimelineStyle> = {}) {
  const canvas = fakeSurface(340, 140);
  const whole = { ...DATA, ...data };
  const plots = timelinePlots(area, 12, whole.discrepancy !== null);
  paintTimeline(canvas.surface, plots, whole, { ...STYLE, ...style });
  const { marks } = canvas;
  return {
    plots,
    marks,
    curve: (colour: string) =>
      marks.find(({ kind, colour: c }) => kind === 'stroke' && c === colour)!.points,
    written: marks.filter(({ kind }) => kind === 'text').map(({ text }) => text),
    textAt: (text: string) => marks.find((mark) => mark.text === text)!.points[0]!,
  };
}

describe('the timeline', () => {
  it('has one axis for all layers: equal errors lie equally high, at the number beside them', () => {
    const { curve, textAt } = painted({}, { step: (step) => `step ${step}` });
    const [pixels, layer] = [curve('teal'), curve('red')];
    expect(layer[1]![1]).toBe(pixels[1]![1]);
    expect(pixels[0]![1]).toBeLessThan(pixels[1]![1]);
    expect(textAt('1k')).toEqual([32, pixels[0]![1]]);
    expect(textAt('10')).toEqual([32, pixels[2]![1]]);
    expect(textAt('0')[1]).toBe(layer[0]![1]);
  });

  it('has ψ in a strip of its own below, that rises to its best value and says both ends', () => {
    const { plots, curve, textAt, written } = painted();
    const { energies, discrepancy } = plots;
    expect(discrepancy!.top).toBeGreaterThan(energies.bottom);
    const heights = curve('ink').map(([, y]) => y);
    expect(heights[0]).toBe(discrepancy!.bottom);
    expect(heights[3]).toBe(discrepancy!.top);
    expect(heights[4]).toBeGreaterThan(heights[3]!); // worse again
    expect(textAt('−90.0')[1]).toBeLessThan(textAt('−540')[1]);
    expect(written).toContain('−120 nats'); // at the step on show
    expect(written).toContain('higher is better');
    for (const { points, colour } of painted().marks)
      if (colour === 'teal' || colour === 'red')
        for (const [, y] of points) expect(y).toBeLessThanOrEqual(energies.bottom);
  });

  it('leaves all the room to the errors where nobody measures ψ', () => {
    const { plots, written, marks } = painted({ discrepancy: null });
    expect(plots).toEqual({ energies: area, discrepancy: null });
    expect(written).not.toContain('higher is better');
    expect(marks.some(({ colour }) => colour === 'ink')).toBe(false);
  });

  it('tells a story without numbers but steps', () => {
    const style = { numbers: false, step: (step: number) => `step ${step}` };
    const { written } = painted({ discrepancy: null }, style);
    expect(written).toEqual(['step 0', 'step 20', 'pixels', 'layer 1']);
  });

  it('keeps the labels at the ends clear of each other and of the knob', () => {
    const energies = [10, 10.1, 9.9, 10.05].map((e) => [e, e, e, e, e]);
    const names = ['a', 'b', 'c', 'd'];
    const { textAt } = painted({ energies, lastStep: 4 }, { names });
    const places = names.map(textAt);
    for (const [x] of places) expect(x - area.right).toBeGreaterThan(8);
    const heights = places.map(([, y]) => y).sort((a, b) => a - b);
    heights.forEach((y, i) => {
      if (i > 0) expect(y - heights[i - 1]!).toBeGreaterThanOrEqual(12 - 1e-9);
    });
  });

  it('has a line where something changed, and no step number under its word', () => {
    const marks = [{ step: 10, label: '10 lateral cut' }];
    const at = (from: ReturnType<typeof painted>) =>
      from.marks.filter(({ box, colour }) => colour === 'ink' && box?.[0] === 140);
    expect(at(painted())).toEqual([]);
    const { written, ...cut } = painted({ marks });
    expect(at({ written, ...cut }).length).toBeGreaterThan(5);
    expect(painted().written).toContain('10');
    // The ticks are 0, 10 and 20: at 10 and next to it the word stands.
    expect(written.filter((text) => text === '20')).toEqual([]);
    expect(written.filter((text) => text === '0')).toHaveLength(2); // a step and an energy
  });

  it('writes the steps of a window that does not begin at 0', () => {
    expect(tickSteps([51, 131], 500)).toEqual([60, 80, 100, 120]);
  });

  it('puts a step of a live window where it lies in the window', () => {
    const window = { steps: [50, 90, 100], energies: [[1, 5, 2]], firstStep: 50, lastStep: 100 };
    const { curve } = painted({ ...window, discrepancy: null });
    expect(curve('teal').map(([x]) => x)).toEqual([40, 200, 240]);
  });
});
