import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import type { ModelFile } from '../../src/io/modelFile.ts';
import {
  decodeModel,
  decodeModelBeside,
  encodeModel,
  encodeModelBeside,
} from '../../src/io/modelFile.ts';
import { parseSafetensors, writeSafetensors } from '../../src/io/safetensors.ts';
import { rawFile, refusal } from './files.ts';

/* Every file of ours carries a digest: a single bit that is another, wherever, is found. */

const array = (...values: number[]) => ({
  shape: [values.length],
  data: Float32Array.from(values),
});
const checkpoint: ModelFile = {
  config: { variant: 'gncn-t1', sizes: [4, 2], quoted: 'a "word"\\' },
  parameters: new Map([['W1', array(0, 1, -2)]]),
  prior: new Map([['means', array(0.5)]]),
  optimizer: new Map([['W1.m', array(1e-9, 0.5, 0)]]),
  training: { step: 3, epoch: 1, offset: 40, imagesSeen: 100, seed: 7, rng: [1, 2, 3, 4, null] },
  card: { dataset: 'MNIST', trainImages: '60' },
};

/** The bytes with one bit the other way round. */
function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const other = bytes.slice();
  other[bit >> 3]! ^= 1 << (bit & 7);
  return other;
}

test('every single bit of a checkpoint that is flipped is found', () => {
  const bytes = encodeModel(checkpoint);
  for (let bit = 0; bit < 8 * bytes.length; bit++)
    expect(
      refusal(() => decodeModel(flipped(bytes, bit), 'c.safetensors')),
      `bit ${bit}`,
    ).toContain('c.safetensors');
});

test('a number that is another is called damage, in one sentence', () => {
  const bytes = encodeModel(checkpoint);
  const sentence = refusal(() => decodeModel(flipped(bytes, 8 * (bytes.length - 1)), 'c'));
  expect(sentence).toMatch(/^c is damaged: its bytes are not those/);
});

test('the digest is what it says: SHA-256 of the file with zeros in its place', () => {
  const bytes = writeSafetensors(new Map([['w', array(1, 2)]]), { format: 'ngc-trace' });
  const text = Buffer.from(bytes).toString('latin1');
  const [, said] = /"digest":"sha256:([0-9a-f]{64})"/.exec(text)!;
  const zeros = Buffer.from(text.replace(said!, '0'.repeat(64)), 'latin1');
  expect(createHash('sha256').update(zeros).digest('hex')).toBe(said);
  const read = parseSafetensors(bytes, 'w');
  expect([read.sealed, read.metadata]).toEqual([true, { format: 'ngc-trace' }]);
});

test('beside other work the same bytes are made', async () => {
  expect(await encodeModelBeside(checkpoint)).toEqual(encodeModel(checkpoint));
});

describe('beside other work', () => {
  const bytes = encodeModel(checkpoint);
  const refusalBeside = (file: Uint8Array) =>
    decodeModelBeside(file, 'c').then(
      () => 'read',
      (error: unknown) =>
        refusal(() => {
          throw error;
        }),
    );

  test('the same is read', async () => {
    expect(await decodeModelBeside(bytes, 'c')).toEqual(decodeModel(bytes, 'c'));
  });

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
    'the same is refused, in the same words: bit %i',
    async (i) => {
      const other = flipped(bytes, 8 * Math.floor((bytes.length / 10) * i) + (i % 8));
      expect(await refusalBeside(other)).toBe(refusal(() => decodeModel(other, 'c')));
    },
  );

  test('a digest that ends with the file is no digest', async () => {
    const file = rawFile('{"__metadata__":{"digest":"sha256:ab"}}', []);
    expect(await refusalBeside(file)).toMatch(/^c is damaged/);
    expect(refusal(() => decodeModel(file, 'c'))).toMatch(/^c is damaged/);
  });
});

describe('a digest that is there must be right', () => {
  const right = (metadata: Record<string, string>) =>
    rawFile(JSON.stringify({ __metadata__: metadata }), []);
  test.each<[string, Record<string, string>]>([
    ['of nothing', { digest: '' }],
    ['of another kind', { digest: 'md5:0' }],
    ['of other bytes', { digest: `sha256:${'0'.repeat(64)}` }],
    ['under another name', { digesT: `sha256:${'0'.repeat(64)}` }],
  ])('%s', (_, metadata) => {
    expect(refusal(() => parseSafetensors(right(metadata), 'f'))).toContain('f is damaged');
  });
  test('without one a file opens, and that is known', () => {
    expect(parseSafetensors(right({ format: 'pt' }), 'f').sealed).toBe(false);
  });
  test('nobody else may write under its name', () => {
    expect(refusal(() => writeSafetensors(new Map(), { digest: 'mine' }))).toContain('digest');
  });
});
