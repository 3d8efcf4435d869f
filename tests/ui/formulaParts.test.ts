import { describe, expect, it } from 'vitest';
import { equationOf } from '../../src/ui/stage/equations.ts';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import { isPointed, PHASES } from '../../src/store/state.ts';
import { composition } from '../../src/ui/panels/composition/words.ts';
import { contest, curve, neuron, pixel, synapse, terms } from '../../src/ui/panels/neuron/words.ts';
import { sparsity } from '../../src/ui/panels/sparsity/words.ts';
import {
  formulaParts,
  plainText,
  pointsOf,
  wordsAndFormulas,
} from '../../src/ui/parts/formulaParts.ts';

const read = (formula: string) =>
  formulaParts(formula).flatMap(({ text, symbol }) => (symbol === null ? [] : `${text} ${symbol}`));

describe('the symbols of an equation', () => {
  it('are found, with their indices and what is above the line', () => {
    expect(read('e_l = ( φ(z_l) − μ_l )·Σ_l^{−1}')).toEqual([
      'e_l error',
      'φ(z_l) activity',
      'μ_l prediction',
      'Σ_l^{−1} precision',
    ]);
    expect(read('z_l ← z_l + β ( e_{l−1}·W_l^T ⊙ φ′(z_l) − e_l − γ z_l )')).toEqual([
      'z_l state',
      'z_l state',
      'β beta',
      'e_{l−1} error',
      'W_l^T transposed',
      'φ′(z_l) slope',
      'e_l error',
      'γ gamma',
      'z_l state',
    ]);
    expect(read('ΔE_2 = λ_E·ΔW_2')).toEqual([
      'ΔE_2 weightChange',
      'λ_E errorRate',
      'ΔW_2 weightChange',
    ]);
  });

  it('leave nothing of the equation out', () => {
    const network = {
      config: { precision: 'inverse' },
      definition: { target: 'activity', auxiliary: true, feedback: 'error-synapses' },
    } as Parameters<typeof equationOf>[1];
    for (const phase of PHASES) {
      const formula = equationOf(phase, network, NO_LESIONS);
      const parts = formulaParts(formula);
      expect(parts.map(({ text }) => text).join('')).toBe(formula);
      // No letter is left that nobody explains.
      const rest = parts.filter(({ symbol }) => symbol === null).map(({ text }) => text);
      expect(rest.join('')).not.toMatch(/\p{Letter}(?<!T)/u);
    }
  });

  it('stand for tiles and arrows: of their layer, or of all', () => {
    const lit = (formula: string) => formulaParts(formula).flatMap(({ points }) => points);
    expect(lit('φ(z_2)')).toEqual([{ what: 'states', layer: 2 }]);
    expect(lit('e_{l−1}')).toEqual([{ what: 'errors', layer: null }]);
    // Error synapses of layer 2 carry up what layer 1 sends.
    expect(pointsOf('errorSynapses', 2)).toEqual([{ what: 'up', layer: 1 }]);
    expect(pointsOf('generative', 2)).toEqual([{ what: 'down', layer: 2 }]);
    expect(pointsOf('input', null)).toEqual([{ what: 'states', layer: 0 }]);
    expect(pointsOf('beta', null)).toEqual([]);
  });

  it('are pointed at by layer; no layer means every one', () => {
    expect(isPointed([{ what: 'errors', layer: 1 }], 'errors', 1)).toBe(true);
    expect(isPointed([{ what: 'errors', layer: 1 }], 'errors', 2)).toBe(false);
    expect(isPointed([{ what: 'errors', layer: null }], 'errors', 2)).toBe(true);
    expect(isPointed([{ what: 'errors', layer: null }], 'states', 2)).toBe(false);
    expect(isPointed([], 'states', 2)).toBe(false);
  });
});

describe('words with equations in them', () => {
  it('are words and equations in turns, or plain text with small digits', () => {
    const text = 'output `μ_0`, with `M_2`';
    expect(wordsAndFormulas(text)).toEqual(['output ', 'μ_0', ', with ', 'M_2', '']);
    expect(plainText(text)).toBe('output μ₀, with M₂');
  });

  it('explain every letter between backticks', () => {
    const kinds = Object.values(synapse.kinds).map((kind) =>
      typeof kind === 'string' ? kind : kind(1),
    );
    const words = [curve, neuron, pixel, terms, contest, composition, sparsity]
      .flatMap((part) => Object.values<unknown>(part))
      .filter((entry) => typeof entry === 'string')
      .concat(kinds, synapse.covariance(1), synapse.inverse(1));
    const formulas = words.flatMap((text) => wordsAndFormulas(text).filter((_, i) => i % 2 === 1));
    expect(formulas.length).toBeGreaterThan(15);
    for (const formula of formulas) {
      const rest = formulaParts(formula).filter(({ symbol }) => symbol === null);
      expect(rest.map(({ text }) => text).join('')).not.toMatch(/\p{Letter}/u);
    }
  });
});
