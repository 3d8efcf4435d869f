import { describe, expect, it } from 'vitest';
import type { Drawing } from '../../src/store/drawing.ts';
import { BLANK } from '../../src/store/drawing.ts';
import { OCCLUSIONS, PIXELS, presetMask } from '../../src/store/occlusion.ts';
import { sentenceOf } from '../../src/ui/drawing/sentence.ts';

const ink = (from: number, to: number) =>
  Float32Array.from({ length: PIXELS }, (_, i) => (i % 28 >= from && i % 28 < to ? 1 : 0));
const drawn = (change: Partial<Drawing>): Drawing => ({ ...BLANK, pixels: ink(4, 24), ...change });
const hidden = (occlusion: (typeof OCCLUSIONS)[number], pixels = ink(4, 24)) =>
  drawn({ pixels, occlusion, mask: presetMask(occlusion) });

describe('the sentence over the picture', () => {
  it('names the half that is seen, not the one that is hidden', () => {
    expect(sentenceOf(hidden('right')).says).toMatch(/sees the left half/);
    expect(sentenceOf(hidden('left')).says).toMatch(/sees the right half/);
    expect(sentenceOf(hidden('top')).says).toMatch(/sees the lower half/);
    expect(sentenceOf(hidden('bottom')).says).toMatch(/sees the upper half/);
  });

  it('does not speak of imagining where nothing is hidden', () => {
    expect(sentenceOf(drawn({})).says).not.toMatch(/imagine/);
  });

  it('asks for a drawing on an empty canvas', () => {
    expect(sentenceOf(BLANK).says).toMatch(/^Draw/);
  });

  it('says another thing for every way to hide', () => {
    const says = OCCLUSIONS.map((occlusion) => sentenceOf(hidden(occlusion)).says);
    expect(new Set(says).size).toBe(OCCLUSIONS.length);
  });

  it('knows a half that was never drawn', () => {
    expect(sentenceOf(hidden('right', ink(4, 14))).invites).not.toBe(
      sentenceOf(hidden('right')).invites,
    );
  });
});
