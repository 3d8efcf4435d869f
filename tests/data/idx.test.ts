import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CATALOGUE } from '../../src/data/catalogue.ts';
import { sha256 } from '../../src/shared/sha256.ts';
import { dataError } from '../../src/data/dataError.ts';
import { decodeIdxImages, decodeIdxLabels, idxKind, unpackIdx } from '../../src/data/idx.ts';
import { Budget, LIMITS } from '../../src/shared/budget.ts';
import { NgcError } from '../../src/shared/errors.ts';
import { expectNgcError, idx, idxImages, idxLabels, realFile, somePixels } from './files.ts';

describe('IDX', () => {
  it('reads pictures and labels as laid out by hand', () => {
    expect(decodeIdxImages(idxImages(3), 'f')).toEqual(somePixels(3));
    expect(decodeIdxLabels(idx([4], [7, 0, 9, 1]), 'f', 10)).toEqual(Uint8Array.of(7, 0, 9, 1));
    expect(idxKind(idxImages(1))).toBe('images');
    expect(idxKind(idxLabels(1))).toBe('labels');
    expect(idxKind(Uint8Array.of(0, 0, 8))).toBeNull();
  });

  it('reads from the middle of a larger buffer', () => {
    const file = idxImages(2);
    const padded = new Uint8Array(file.length + 7);
    padded.set(file, 5);
    expect(decodeIdxImages(padded.subarray(5, 5 + file.length), 'f')).toEqual(somePixels(2));
  });

  it.each([
    ['no IDX', new Uint8Array(100), ['00000000', '00000803']],
    ['labels for pictures', idxLabels(5), ['holds labels']],
    ['empty', new Uint8Array(0), ['cut off after 0 bytes']],
    ['a cut header', idxImages(1).subarray(0, 10), ['cut off after 10 bytes', '16']],
    ['cut pictures', idxImages(2).subarray(0, -1), ['cut off', '2 pictures', '1584']],
    ['too long', Uint8Array.of(...idxImages(1), 0), ['1 bytes too many']],
    ['no pictures', idx([0, 28, 28], []), ['no pictures']],
    ['another size', idx([1, 20, 20], new Uint8Array(400)), ['20×20', '28×28']],
    ['another height', idx([1, 56, 28], new Uint8Array(1568)), ['56×28', '28×28']],
    ['another width', idx([2, 28, 14], new Uint8Array(784)), ['28×14', '28×28']],
    ['absurd dimensions', idx([1, 0xffffffff, 28], []), ['4294967295×28']],
    ['an absurd count', idx([0xffffffff, 28, 28], [1]), ['cut off', '4294967295 pictures']],
  ])('refuses %s', async (_, bytes, parts) => {
    await expectNgcError(() => decodeIdxImages(bytes, 'bad.idx'), 'data', 'bad.idx', ...parts);
  });

  it('refuses labels that name no class, are cut off or pictures', async () => {
    const read = (bytes: Uint8Array) => () => decodeIdxLabels(bytes, 'l', 10);
    await expectNgcError(read(idx([3], [1, 10, 2])), 'data', 'label 2 is 10', '0 to 9');
    await expectNgcError(read(idx([4], [1, 2])), 'data', 'cut off', '4 labels');
    await expectNgcError(read(idxImages(1)), 'data', 'holds pictures');
    await expectNgcError(read(idx([2], []).subarray(0, 6)), 'data', 'cut off after 6');
  });
});

describe('packed files', () => {
  it('unpacks gzip and leaves other bytes alone', async () => {
    const file = idxImages(3);
    expect(await unpackIdx(new Uint8Array(gzipSync(file)), 'f')).toEqual(file);
    expect(await unpackIdx(file, 'f')).toBe(file);
  });

  it('refuses broken and cut gzip, and a small file that unpacks to a huge one', async () => {
    const packed = new Uint8Array(gzipSync(idxImages(20)));
    const broken = packed.slice();
    broken.fill(0xff, 20, 60);
    await expectNgcError(() => unpackIdx(broken, 'b.gz'), 'data', 'b.gz', 'broken or cut off');
    await expectNgcError(
      () => unpackIdx(packed.subarray(0, packed.length >> 1), 'c.gz'),
      'data',
      'c.gz',
      'broken or cut off',
    );
    const bomb = new Uint8Array(gzipSync(idx([400_000, 28, 28], new Uint8Array(400_000))));
    await expectNgcError(() => unpackIdx(bomb, 'bomb'), 'data', 'announces 313600016 bytes');
    const longer = new Uint8Array(gzipSync(idx([1, 28, 28], new Uint8Array(5_000_000))));
    await expectNgcError(() => unpackIdx(longer, 'l.gz'), 'data', 'more than the 800 bytes');
    const budget = new Budget((why) => dataError('small', why), { ...LIMITS, bytes: 1000 });
    await expectNgcError(() => unpackIdx(packed, 'p.gz', budget), 'data', '1,000 bytes');
  });

  it('hashes as Node does', async () => {
    const bytes = somePixels(1);
    expect(await sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});

describe('any bytes', () => {
  const decodeAll = async (bytes: Uint8Array) => {
    const unpacked = await unpackIdx(bytes, 'fuzz');
    const images = decodeIdxImages(unpacked, 'fuzz');
    expect(images.length % 784).toBe(0);
    expect(images.length).toBeLessThanOrEqual(unpacked.length);
  };
  const onlyNgcErrors = async (work: () => unknown) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof NgcError)) throw error;
    }
  };

  it('are read or refused, never anything else', async () => {
    const header = fc.constantFrom([0, 0, 8, 3], [0, 0, 8, 1], [0x1f, 0x8b, 8], []);
    await fc.assert(
      fc.asyncProperty(header, fc.uint8Array({ maxLength: 64 }), async (start, rest) => {
        const bytes = Uint8Array.of(...start, ...rest);
        await onlyNgcErrors(() => decodeAll(bytes));
        await onlyNgcErrors(() => decodeIdxLabels(bytes, 'fuzz', 10));
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it.each([
    ['plain', idxImages(2)],
    ['packed', new Uint8Array(gzipSync(idxImages(2)))],
  ])('of a damaged %s file are read or refused', async (_, file) => {
    const damage = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(file.length), async (changes, length) => {
        const bytes = file.slice(0, length % 3 === 0 ? length : file.length);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        await onlyNgcErrors(() => decodeAll(bytes));
      }),
      { numRuns: 200, seed: 2 },
    );
  });
});

// The published digests are the oracle; the generated files above cover machines without the real ones.
describe.runIf(realFile('mnist/t10k-labels-idx1-ubyte.gz') !== null)('the real MNIST', () => {
  it('has the published contents, and its first test digits are 7 2 1 0 4', async () => {
    const file = CATALOGUE.mnist.files.find(({ role }) => role === 'testLabels')!;
    const bytes = await unpackIdx(realFile(`mnist/${file.name}`)!, file.name);
    expect(await sha256(bytes)).toBe(file.unpackedSha256);
    const labels = decodeIdxLabels(bytes, file.name, 10);
    expect(labels.length).toBe(10_000);
    expect(Array.from(labels.subarray(0, 5))).toEqual([7, 2, 1, 0, 4]);
  });
});
