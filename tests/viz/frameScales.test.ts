import { describe, expect, it } from 'vitest';
import type { Section } from '../../src/protocol/frame.ts';
import { frameLayout } from '../../src/protocol/frame.ts';
import type { FrameSource } from '../../src/viz/frameScales.ts';
import { createFrameScales } from '../../src/viz/frameScales.ts';

const layout = frameLayout([4, 3, 2]);

/** A frame whose states, predictions and errors of layer 1 are as given, all else 0. */
function frame(state: number, prediction: number, error: number): Float32Array {
  const numbers = new Float32Array(layout.stride);
  numbers[layout.states[0]!.offset + 1] = state;
  numbers[layout.predictions[1]!.offset + 2] = prediction;
  numbers[layout.errors[1]!.offset] = error;
  return numbers;
}

const source = (frames: readonly Float32Array[], first = 0, id = 1): FrameSource => ({
  info: { id, layout },
  count: frames.length,
  stepAt: (index) => first + index,
  read: (section: Section, index: number) =>
    frames[index]?.subarray(section.offset, section.offset + section.length) ?? null,
});

describe('the scales of an episode', () => {
  const fading = [frame(0, 0, -8), frame(2, 0.5, 4), frame(3, 0.9, 1)];

  it('are what each kind of each layer reaches, so that errors are seen to fade', () => {
    const scales = createFrameScales();
    scales.update(source(fading));
    expect(scales.limit('error', 1)).toBe(8);
    expect(scales.limit('state', 1)).toBe(3);
    // A prediction has its own scale: what is small beside the states is seen all the same.
    expect(scales.limit('prediction', 1)).toBeCloseTo(0.9, 6);
    expect(scales.limit('error', 0)).toBe(0);
  });

  it('grow with the episode and depend on no frame in particular', () => {
    const scales = createFrameScales();
    scales.update(source(fading.slice(0, 2)));
    expect(scales.limit('state', 1)).toBe(2);
    scales.update(source(fading));
    expect([scales.limit('state', 1), scales.limit('error', 1)]).toEqual([3, 8]);
  });

  it('are those of the frames it has: old ones are forgotten, the newest replaced', () => {
    const scales = createFrameScales();
    scales.update(source(fading));
    scales.update(source([...fading.slice(1), frame(1, 1, 2)], 1));
    expect([scales.limit('error', 1), scales.limit('state', 1)]).toEqual([4, 3]);
    scales.update(source([...fading.slice(1), frame(9, 1, 2)], 1));
    expect(scales.limit('state', 1)).toBe(9);
    scales.update(source([...fading.slice(1), frame(1, 1, 2)], 1));
    expect(scales.limit('state', 1)).toBe(3);
  });

  it('begin anew with the next episode, unless they are kept', () => {
    const scales = createFrameScales();
    scales.update(source(fading));
    scales.keep(true);
    scales.update(source([frame(0.5, 0, 1)], 0, 2));
    expect([scales.limit('state', 1), scales.limit('error', 1)]).toEqual([3, 8]);
    scales.keep(false);
    expect([scales.limit('state', 1), scales.limit('error', 1)]).toEqual([0.5, 1]);
    scales.keep(true);
    const other = { ...source([frame(7, 0, 0)], 0, 3), info: { id: 3, layout: { ...layout } } };
    scales.update(other); // another network: what was kept is of no use
    expect(scales.limit('state', 1)).toBe(7);
  });

  it('are signed where something is negative: errors always, states of tanh', () => {
    const scales = createFrameScales();
    scales.update(source(fading));
    expect([scales.signed('error', 1), scales.signed('state', 1)]).toEqual([true, false]);
    scales.update(source([frame(-2, 0, 0)], 0, 2));
    expect([scales.signed('state', 1), scales.signed('prediction', 1)]).toEqual([true, false]);
    scales.update(source(fading, 0, 3));
    expect(scales.signed('state', 1)).toBe(false);
  });
});
