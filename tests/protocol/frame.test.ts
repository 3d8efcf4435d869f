import { describe, expect, test } from 'vitest';

import { frameLayout, neuronTerms, readSection } from '../../src/protocol/frame.ts';
import type { Condition } from '../../src/protocol/theatre.ts';
import { NO_LESIONS } from '../../src/protocol/theatre.ts';

const layout = frameLayout([5, 4, 3]);
const { input, predictions, states, errors, energy, discrepancy, z, bottomUp, lateral } = layout;
const sections = [
  ...[input, ...predictions, ...states, ...errors, energy, discrepancy],
  ...[...z, ...bottomUp, ...lateral],
];

/** Two frames in which every number is another one, and none is 0. */
const frames = Float32Array.from(
  { length: 2 * layout.stride },
  (_, i) => (i % 2 === 0 ? 1 : -1) * (0.5 + i / 64),
);
const STEERING = { beta: 0.25, leak: 0.125, laplace: 0.0625, lateralInhibition: 1, selfExcitation: 1 }; // prettier-ignore
const INTACT: Condition = { steering: STEERING, lesions: NO_LESIONS };

describe('the layout of a frame', () => {
  test('sections follow each other in the order of the contract, without a hole', () => {
    let end = 0;
    for (const { offset, length } of sections) {
      expect(offset).toBe(end);
      end += length;
    }
    expect(layout.stride).toBe(end);
    const lengths = [5, 5, 4, 4, 3, 5, 4, 2, 1, 4, 3, 4, 3, 4, 3];
    expect(sections.map(({ length }) => length)).toEqual(lengths);
  });

  test('a section of a later frame is a view a stride further on', () => {
    for (const section of sections) {
      const from = layout.stride + section.offset;
      const view = readSection(frames, layout, 1, section);
      expect(view).toEqual(frames.slice(from, from + section.length));
      expect(view.buffer).toBe(frames.buffer);
    }
  });
});

describe('the terms of a neuron (Eqs. 13–15)', () => {
  const at = (section: { offset: number } | undefined, index: number) =>
    frames[layout.stride + section!.offset + index]!;

  test('are what its frame holds, each as it enters the change', () => {
    const [layer, index] = [1, 2];
    const state = at(z[0], index);
    const terms = {
      bottomUp: at(bottomUp[0], index),
      topDown: -at(errors[1], index),
      lateral: -at(lateral[0], index),
      prior: -0.0625 * Math.sign(state),
      leak: -0.125 * state,
    };
    const change = Object.values(terms).reduce((sum, term) => sum + term, 0);
    expect(neuronTerms(frames, layout, 1, INTACT, { layer, index })).toEqual({
      ...terms,
      z: state,
      activity: at(states[0], index),
      change,
      beta: 0.25,
      next: state + 0.25 * change,
    });
  });

  test('nothing pulls a neuron of the top layer from above', () => {
    expect(neuronTerms(frames, layout, 1, INTACT, { layer: 2, index: 1 }).topDown).toBe(0);
  });

  test.each([
    ['alone', { ...NO_LESIONS, units: [{ layer: 1, index: 2 }] }],
    ['with its layer', { ...NO_LESIONS, layers: [1] }],
  ])('a neuron that is silent %s is not moved by the error neuron that misses it', (_, lesions) => {
    const condition = { steering: STEERING, lesions };
    const { topDown } = neuronTerms(frames, layout, 1, condition, { layer: 1, index: 2 });
    expect(topDown).toBe(0);
  });
});
