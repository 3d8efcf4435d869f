import { expect, test } from 'vitest';
import { sourceWordings } from '../../../src/viz/exhibits/words.ts';

test('where images come from is said as long as there is room for it', () => {
  expect(sourceWordings('learnt from', 'MNIST (beside the page)')).toEqual([
    'learnt from MNIST (beside the page)',
    'learnt from MNIST',
    'MNIST',
  ]);
  expect(sourceWordings('from', 'MNIST')).toEqual(['from MNIST', 'from MNIST', 'MNIST']);
});
