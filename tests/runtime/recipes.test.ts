import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { stepsToLearn } from '../../src/ngc/config/episodes.ts';
import { defaultConfig } from '../../src/ngc/config/parse.ts';
import { VARIANTS } from '../../src/ngc/config/variants.ts';
import { liveSize, pageConfig, recipeOf } from '../../src/runtime/recipes.ts';

/** The rows of the table of docs/choices.md on short settling: a model, T of learning, T of reading, …, whether it is taken. */
function rowsOfTable(): string[][] {
  const text = readFileSync('docs/choices.md', 'utf8');
  const part = text.split('**Learning from short settling, reading after long.**')[1]!;
  const lines = part
    .split('\n\n')
    .find((block) => block.startsWith('| model'))!
    .split('\n');
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('the recipes', () => {
  test.each(VARIANTS)('%s learns and is read as the table of choices says', (variant) => {
    const taken = rowsOfTable().filter((row) => row[0] === variant && row.at(-1) === 'yes');
    expect(taken).toHaveLength(1);
    const { steps } = pageConfig(variant);
    expect([String(stepsToLearn(pageConfig(variant))), String(steps)]).toEqual(
      taken[0]!.slice(1, 3),
    );
  });

  test.each(VARIANTS)('%s by the paper has T = 50 for both', (variant) => {
    const paper = { ...defaultConfig(variant), ...recipeOf('paper', variant) };
    expect(paper).toEqual(defaultConfig(variant));
    expect([paper.steps, stepsToLearn(paper)]).toEqual([50, 50]);
  });

  test('what is asked for stands on top of the recipe', () => {
    expect(pageConfig('gncn-pdh', { learnSteps: 12, beta: 0.1 })).toMatchObject({ steps: 20, learnSteps: 12, beta: 0.1 }); // prettier-ignore
  });

  test('a T that is asked for by itself is that of learning too', () => {
    expect(stepsToLearn(pageConfig('gncn-pdh', { steps: 30 }))).toBe(30);
    expect(stepsToLearn(pageConfig('gncn-pdh', { steps: 30, learnSteps: 12 }))).toBe(12);
  });

  test('a new network is smaller where the page’s would learn fewer than 80 images a second', () => {
    const [speed, learn] = [1e4, stepsToLearn(pageConfig('gncn-pdh'))];
    const rate = liveSize(speed).imagesPerSecond;
    // A weight update takes time, but less than settling does.
    expect(rate).toBeLessThan(speed / learn);
    expect(rate).toBeGreaterThan(speed / (2 * learn));
    const enough = (speed * 80) / rate;
    expect(liveSize(1.01 * enough).changes).toEqual({});
    expect(liveSize(0.99 * enough).changes).toMatchObject({ sizes: [784, 180, 180, 180] });
  });
});
