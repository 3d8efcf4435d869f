import { describe, expect, test } from 'vitest';

import {
  frameLayout,
  LAYER_QUANTITIES,
  neuronTerms,
  readSection,
} from '../../src/protocol/frame.ts';
import type { Condition } from '../../src/protocol/condition.ts';
import { NO_LESIONS } from '../../src/protocol/condition.ts';

const layout = frameLayout([5, 4, 3]);
const { input, predictions, states, errors, energy, discrepancy, active } = layout;
const { beliefs, movement, surprise } = layout;
const sections = [
  ...[input, ...predictions, ...states, ...errors, energy, discrepancy, active],
  ...LAYER_QUANTITIES.flatMap((name) => layout[name]),
  ...beliefs,
  movement,
  surprise,
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
    const quantities = LAYER_QUANTITIES.flatMap(() => [4, 3]);
    const lengths = [5, 5, 4, 4, 3, 5, 4, 2, 1, 2, ...quantities, 5, 5, 1, 1];
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
  test.each([
    { layer: 1, index: 2 },
    { layer: 2, index: 1 },
  ])('are what its frame holds: layer $layer', (neuron) => {
    const at = (sections: readonly { offset: number }[]) =>
      frames[layout.stride + sections[neuron.layer - 1]!.offset + neuron.index]!;
    const quantities = Object.fromEntries(
      LAYER_QUANTITIES.map((name) => [name, at(layout[name])] as const),
    );
    expect(neuronTerms(frames, layout, 1, INTACT, neuron)).toEqual({
      ...quantities,
      activity: at(states),
      beta: 0.25,
    });
    // None is another's.
    expect(new Set(Object.values(quantities)).size).toBe(LAYER_QUANTITIES.length);
  });

  test('nothing is shown as −0', () => {
    const still = new Float32Array(layout.stride).fill(-0);
    const { lateral, change } = neuronTerms(still, layout, 0, INTACT, { layer: 1, index: 0 });
    expect([lateral, change]).toEqual([0, 0]);
  });
});
