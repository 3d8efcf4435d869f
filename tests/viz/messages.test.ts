import { describe, expect, it } from 'vitest';
import { frameLayout, readSection } from '../../src/protocol/frame.ts';
import { messageSize, messageSpeed } from '../../src/viz/messages.ts';

const layout = frameLayout([4, 2, 2]);
const frame = new Float32Array(layout.stride);
frame.set([3, -4], layout.states[0]!.offset);
frame.set([1, 1, 1, -1], layout.errors[0]!.offset);
frame.set([0, -2], layout.lateral[1]!.offset);
const read = (section: { offset: number; length: number }) =>
  readSection(frame, layout, 0, section);

describe('messages along the arrows', () => {
  it('are as large as what the sender sends at this frame: activity down, errors up, inhibition sideways', () => {
    expect(messageSize(layout, read, { flow: 'down', from: 1 })).toBeCloseTo(Math.sqrt(12.5), 6);
    expect(messageSize(layout, read, { flow: 'skip', from: 2 })).toBe(0);
    expect(messageSize(layout, read, { flow: 'up', from: 0 })).toBe(1);
    expect(messageSize(layout, read, { flow: 'up', from: 1 })).toBe(0);
    expect(messageSize(layout, read, { flow: 'side', from: 2 })).toBeCloseTo(Math.SQRT2, 6);
    expect(messageSize(layout, () => null, { flow: 'up', from: 0 })).toBe(0);
    expect(messageSize(layout, () => Float32Array.of(NaN), { flow: 'up', from: 0 })).toBe(0);
  });

  it('travel faster where they are larger, and not at all where there are none', () => {
    const speeds = [0, 0.01, 1, 4].map((size) => messageSpeed(size, 4));
    expect(speeds[0]).toBe(0);
    expect(speeds[1]).toBeGreaterThan(0.2);
    expect(speeds).toEqual([...speeds].sort((a, b) => a - b));
    expect(speeds[3]).toBe(1);
    expect(messageSpeed(9, 4)).toBe(1);
    expect(messageSpeed(0, 0)).toBe(0);
  });
});
