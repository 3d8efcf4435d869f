import { describe, expect, it } from 'vitest';
import { twoGaussians } from '../../../src/demonstrations/twoGaussians.ts';
import { twoGaussians as exhibit } from '../../../src/exhibits/list/twoGaussians.ts';
import { usualValues } from '../../../src/exhibits/values.ts';
import type { Change, Place } from '../../../src/viz/exhibits/exhibitPicture.ts';
import { plotBox } from '../../../src/viz/exhibits/plot.ts';
import { twoGaussiansPicture as picture } from '../../../src/viz/exhibits/twoGaussians.ts';
import { begun } from '../../demonstrations/support.ts';

const size = { width: 800, height: 500, type: 12 };
const values = usualValues(exhibit.controls);
const { shown } = (await begun(twoGaussians, exhibit)).frame();
const grab = (at: Place) => picture.grab?.(at, size, shown, values) ?? null;
const valuesOf = (change: Change | null | undefined) =>
  change?.kind === 'values' ? change.values : null;

/** The pixel of a number on the axis: between the room for words at both sides. */
const plot = plotBox({ x: 0, y: 0, ...size }, size.type, false);
const pixel = (number: number) => plot.x + ((number + 8) / 16) * plot.width;

describe('the picture of two beliefs', () => {
  it('is taken hold of at a curve, and dragged by as much as the hand moves', () => {
    const grabbed = grab({ x: pixel(4), y: 310 });
    const per = pixel(1) - pixel(0);
    expect(valuesOf(grabbed?.move({ x: pixel(4) + per, y: 310 }))).toEqual({ believedMean: 2.5 });
    expect(valuesOf(grabbed?.move({ x: pixel(4) - 2 * per, y: 310 }))).toEqual({ believedMean: -0.5 }); // prettier-ignore
  });

  it('takes the curve that is nearer', () => {
    const grabbed = grab({ x: pixel(-0.5), y: 80 });
    expect(Object.keys(valuesOf(grabbed?.move({ x: pixel(-0.5), y: 80 })) ?? {})).toEqual(['trueMean']); // prettier-ignore
  });

  it('has a handle one width beside the mean that makes a belief wider', () => {
    // Somewhere above the place one width beside the mean stands the handle.
    const found = Array.from({ length: 400 }, (_, y) => grab({ x: pixel(2.7), y })).find((one) => one?.cursor === 'ew-resize'); // prettier-ignore
    expect(valuesOf(found?.move({ x: pixel(3.5), y: 0 }))).toEqual({ believedWidth: 2 });
  });

  it('stays within what its controls can be', () => {
    const grabbed = grab({ x: pixel(4), y: 310 });
    expect(valuesOf(grabbed?.move({ x: 10_000, y: 310 }))).toEqual({ believedMean: 4 });
  });

  it('is nothing to hold among the bars', () => {
    expect(grab({ x: 300, y: 470 })).toBeNull();
  });
});
