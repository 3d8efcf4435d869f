import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeNote } from '../../src/ui/parts/place.ts';

const room = { left: 0, top: 0, width: 1280, height: 800 };
const note = { width: 280, height: 90 };

describe('where a note stands', () => {
  it('is under what it is about, over it at the bottom, inside the window', () => {
    const at = (left: number, top: number) => placeNote({ left, top, width: 20, height: 16 }, note, room); // prettier-ignore
    expect(at(600, 100)).toEqual({ left: 470, top: 122 });
    expect(at(600, 780)).toEqual({ left: 470, top: 684 });
    expect(at(1270, 100).left).toBe(1280 - 280 - 6);
    expect(at(0, 100).left).toBe(6);
  });

  it('is not on what lights up meanwhile, if there is another place', () => {
    const about = { left: 600, top: 300, width: 20, height: 16 };
    const below = { left: 500, top: 360, width: 200, height: 50 };
    expect(placeNote(about, note, room, [below])).toEqual({ left: 470, top: 204 });
    const above = { ...below, top: 200 };
    expect(placeNote(about, note, room, [below, above])).toEqual({ left: 626, top: 263 });
    // Lit all around: then where it stands else.
    expect(placeNote(about, note, room, [room])).toEqual({ left: 470, top: 322 });
  });

  it('stays in its room', () => {
    const panel = { left: 942, top: 0, width: 338, height: 800 };
    const at = placeNote({ left: 957, top: 480, width: 90, height: 20 }, note, panel);
    expect(at).toEqual({ left: 948, top: 506 });
  });

  it('is beside what fills the height', () => {
    const tall = { left: 300, top: 10, width: 100, height: 780 };
    expect(placeNote(tall, note, room)).toEqual({ left: 406, top: 355 });
    expect(placeNote({ ...tall, left: 1100 }, note, room)).toEqual({ left: 814, top: 355 });
  });

  it('never covers a symbol, and never leaves the window', () => {
    const place = fc.record({
      left: fc.integer({ min: 0, max: 340 }),
      top: fc.integer({ min: 0, max: 820 }),
      width: fc.integer({ min: 4, max: 50 }),
      height: fc.integer({ min: 8, max: 24 }),
      wide: fc.integer({ min: 50, max: 350 }),
      high: fc.integer({ min: 20, max: 300 }),
    });
    const phone = { left: 0, top: 0, width: 390, height: 844 };
    fc.assert(
      fc.property(place, ({ wide, high, ...about }) => {
        const { left, top } = placeNote(about, { width: wide, height: high }, phone);
        const beside = left + wide <= about.left || left >= about.left + about.width;
        const apart = top + high <= about.top || top >= about.top + about.height;
        const inside = left >= 0 && top >= 0 && left + wide <= 390 && top + high <= 844;
        return (beside || apart) && inside;
      }),
    );
  });
});
