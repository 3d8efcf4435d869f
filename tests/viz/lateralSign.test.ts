import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/ngc/config/parse.ts';
import { lateralMatrix } from '../../src/ngc/equations/lateral.ts';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import { plainText } from '../../src/ui/parts/formulaParts.ts';
import { symbols } from '../../src/ui/parts/words.ts';
import { contest } from '../../src/ui/panels/neuron/words.ts';
import { contests } from '../../src/ui/stage/words.ts';
import { equationOf } from '../../src/ui/stage/equations.ts';
import { contestant, verdictOf } from '../../src/viz/columnContest.ts';
import { lateralEffect } from '../../src/viz/lateralPattern.ts';

/*
 * One reading of the lateral synapses everywhere: the equation subtracts φ(z)·V, V is positive between rivals and negative on the
 * diagonal, and what is drawn is −V and says so.
 */
const config = parseConfig({
  variant: 'gncn-pdh',
  sizes: [4, 6],
  groups: [3],
  selfExcitation: 0.15,
  lateralInhibition: 0.1,
});
const V = lateralMatrix(config, 1);
const pattern = { group: 3, groups: 2, selfExcitation: 0.15, inhibition: 0.1 };

describe('the sign of the lateral synapses', () => {
  it('is that of −V in the picture of the pattern, entry by entry', () => {
    for (let row = 0; row < 6; row++)
      for (let column = 0; column < 6; column++)
        expect(lateralEffect(pattern, row, column)).toBeCloseTo(-V[row * 6 + column]!, 6);
    // Not everything is 0: rivals hold each other down, a neuron excites itself.
    expect(lateralEffect(pattern, 0, 1)).toBeLessThan(0);
    expect(lateralEffect(pattern, 0, 0)).toBeGreaterThan(0);
  });

  it('is that of −φ(z)·V where a neuron is pulled', () => {
    const phi = [0, 2, 1, 0, 0, 0];
    const onto = (neuron: number) => {
      const all = phi.map((value, i) => contestant(i, value, V[i * 6 + neuron]!));
      return verdictOf(all, neuron);
    };
    // Neuron 1 excites itself by 0.15·2, and neuron 2 holds it down by 0.1·1.
    expect(onto(1).own).toBeCloseTo(0.3, 6);
    expect(onto(1).others).toBeCloseTo(-0.1, 6);
    // Both hold a silent rival down; a neuron of the other column hears nothing.
    expect(onto(0).others).toBeCloseTo(-0.3, 6);
    expect(onto(3).others).toBe(0);
  });

  it('is said where it is drawn, and in the equation', () => {
    expect(plainText(contests.pattern)).toContain('−V');
    expect(plainText(contests.patternNote)).toContain('subtracts φ(z)·V');
    expect(contests.patternCanvas(3)).toContain('−V');
    expect(plainText(contest.legend)).toContain('−φ(z)·V');
    expect(symbols.lateral.text).toContain('subtracted');
    const network = { config, definition: { target: 'activity' } } as Parameters<typeof equationOf>[1]; // prettier-ignore
    expect(equationOf('compete', network, NO_LESIONS)).toContain('− β φ(z_l)·V_l');
  });
});
