import { expect, test } from 'vitest';

import { hasAny, textsIn } from '../../src/ui/save/fonts.ts';
import { svg } from '../../src/viz/lab/svg.ts';

const GREEK = 'U+0370-0377, U+037A-037F, U+0391-03A1, U+3A3-3FF';

test.each([
  [GREEK, 'steps μ', true],
  [GREEK, 'steps', false],
  [GREEK, '', false],
  // The micro sign is not the letter.
  [GREEK, '\u00B5', false],
  ['U+0000-00FF', '\u00B5', true],
  ['U+2212', '−1', true],
  ['U+2212', '2213', false],
  ['u+4??', 'Ж', true],
  ['U+1F600-1F64F', '😀', true],
  ['', 'anything', true],
])('a font of %s is needed to write “%s”: %s', (range, text, needed) => {
  expect(hasAny(range, text)).toBe(needed);
});

test('what is written in a picture, however deep', () => {
  expect(textsIn(svg('svg', { title: 'x' }, 'a', svg('g', {}, svg('text', {}, 'bc')), 'd'))).toBe(
    'abcd',
  );
});
