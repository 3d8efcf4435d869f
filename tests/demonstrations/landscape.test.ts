import { describe, expect, test } from 'vitest';

import { demonstrateLandscape } from '../../src/demonstrations/landscape.ts';
import { landscapeExhibit } from '../../src/exhibits/list/landscape.ts';
import { usualValues } from '../../src/exhibits/values.ts';
import { landscapePoint } from '../../src/predictive/landscape.ts';
import { after, begun } from './support.ts';

const begin = (values = {}) => begun(demonstrateLandscape, landscapeExhibit, values);
const usual = usualValues(landscapeExhibit.controls);

describe('two weights', () => {
  test('both balls start together, roll down, and lie still on the valley’s floor', async () => {
    const run = await begin();
    const { shown } = run.frame();
    expect(shown.backprop.path).toEqual([[-2.2, 2.4]]);
    expect(shown.settled.path).toEqual(shown.backprop.path);
    const end = await after(run, 600);
    expect(end.ended).toBe(true);
    expect(end.says).toMatch(/lie still/);
    for (const [of, k] of [
      ['backprop', 0],
      ['settled', 1],
    ] as const) {
      // prettier-ignore
      const energies = end.shown[of].path.map(([a, b]) => landscapePoint(a, b, k).energy);
      expect(energies.at(-1)).toBeLessThan(0.05 * energies[0]!);
    }
  });

  test('a row of the ground is a θ1, a column a θ0', async () => {
    const { theta, settled, k } = (await begin({ k: 5 })).frame().shown;
    const [row, column] = [3, 20];
    const point = landscapePoint(theta[column]!, theta[row]!, k);
    expect(settled.energy[row * theta.length + column]).toBeCloseTo(point.energy, 6);
    expect(settled.dTheta1[row * theta.length + column]).toBeCloseTo(point.dTheta1, 6);
  });

  test('as k grows the arrows agree, and both balls roll the same way', async () => {
    const cosines: number[] = [];
    for (const k of [1, 5, 50]) {
      const run = await begin({ k });
      cosines.push(run.frame().metric!);
      if (k !== 50) continue;
      const { backprop, settled } = (await after(run, 60)).shown;
      const [a, b] = [backprop.path.at(-1)!, settled.path.at(-1)!];
      expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeLessThan(0.05);
    }
    expect(cosines[0]).toBeCloseTo(0.872, 2);
    expect(cosines[1]).toBeCloseTo(0.985, 2);
    expect(cosines[2]).toBeGreaterThan(0.9995);
  });

  test('what is dragged or set anew starts both again; the learning rate does not', async () => {
    const run = await begin();
    await after(run, 10);
    await run.change({ ...usual, learningRate: 0.5 });
    expect(run.frame().step).toBe(10);
    await run.change({ ...usual, theta0: 1 });
    expect(run.frame()).toMatchObject({ step: 0, shown: { settled: { path: [[1, 2.4]] } } });
  });
});
