import { expect, it } from 'vitest';

import { training } from '../../src/ui/run/words.ts';

it('says after how many steps a batch is learnt from where all else is read after others', () => {
  const { learntFrom } = training;
  expect(learntFrom({ steps: 20, learnSteps: 8 })).toMatch(/after 8 .* read after 20$/);
  expect(learntFrom({ steps: 20, learnSteps: 0 })).toBe('');
  expect(learntFrom({ steps: 20, learnSteps: 20 })).toBe('');
});
