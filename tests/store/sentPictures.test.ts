import { expect, test } from 'vitest';
import { BLANK } from '../../src/store/drawing.ts';
import { createSentPictures } from '../../src/store/sentPictures.ts';

test('are found by their numbers, until a later one is asked for', () => {
  const sent = createSentPictures();
  const pictures = ['a', 'b', 'c'].map((origin) => ({ ...BLANK, origin }));
  const [a, b, c] = pictures.map(sent.add);
  expect([a, b, c]).toEqual([1, 2, 3]);
  expect([sent.of(a!), sent.of(c!), sent.of(c!)]).toEqual([pictures[0], pictures[2], pictures[2]]);
  expect([sent.of(b!), sent.of(9)]).toEqual([null, null]);
});
