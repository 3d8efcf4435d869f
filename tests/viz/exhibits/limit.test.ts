import { expect, test } from 'vitest';

import type { ExhibitLook } from '../../../src/viz/exhibits/exhibitPicture.ts';
import { limitPicture } from '../../../src/viz/exhibits/limit.ts';
import { LIGHT } from '../../../src/viz/colour.ts';
import { fakeSurface } from '../../helpers/surface.ts';

const INK = '#000001';
const names = ['bg', 'panel', 'raised', 'soft', 'line', 'faint', 'down', 'up', 'state', 'side', 'learn', 'warn']; // prettier-ignore
const colours = Object.fromEntries([...names, 'ink'].map((name) => [name, name === 'ink' ? INK : '#777777'])) as ExhibitLook['colours']; // prettier-ignore
const look: ExhibitLook = { kind: 'light', colours, palette: LIGHT, font: 'sans-serif', type: 13 };
const shown = { sizes: [4, 3, 2], runs: [], current: -1, few: 5, many: 100 };

/** Where the line of a k is painted, in a picture of this size. */
function lineOf(k: number, width: number, height: number): number {
  const { surface, marks } = fakeSurface(width, height);
  const nothing = () => undefined;
  Object.assign(surface.context, { save: nothing, restore: nothing, translate: nothing, rect: nothing, clip: nothing }); // prettier-ignore
  limitPicture.paint(surface, shown, { look, values: { variance: k }, lit: null, isSmall: false });
  const line = marks.find(({ colour, box }) => colour === INK && box !== null && box[2] === 1.5);
  return line!.box![0];
}

test.each([
  ['wide', 900, 480],
  ['narrow', 360, 420],
])('on a %s picture the line of k is held where it stands', (_, width, height) => {
  for (const k of [1, 10, 100, 1000]) {
    const x = lineOf(k, width, height);
    const grab = limitPicture.grab!({ x, y: 120 }, { width, height, type: 13 }, shown, { variance: k }); // prettier-ignore
    const change = grab!.move({ x, y: 120 });
    if (change?.kind !== 'values') throw new Error('The line of k sets no control.');
    expect(Math.log10(Number(change.values['variance']))).toBeCloseTo(Math.log10(k), 1);
  }
});
