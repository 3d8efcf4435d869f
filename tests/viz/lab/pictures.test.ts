import { inflateSync, crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { experimentOf, EXPERIMENTS } from '../../../src/experiments/experiments.ts';
import type { CellResult } from '../../../src/experiments/result.ts';
import { LIGHT, unpack } from '../../../src/viz/colour.ts';
import { experimentPicture } from '../../../src/viz/lab/figure.ts';
import { PAPER_LOOK } from '../../../src/viz/lab/look.ts';
import { pngAddress } from '../../../src/viz/lab/png.ts';
import type { SvgNode } from '../../../src/viz/lab/svg.ts';
import { svg, svgText } from '../../../src/viz/lab/svg.ts';
import { cellResult, pictures } from '../../helpers/labResults.ts';

const SIZE = { width: 900, height: 500 };
const draw = (id: string, shipped: readonly CellResult[], own: readonly CellResult[] = []) =>
  experimentPicture(experimentOf(id), { shipped, own }, SIZE, PAPER_LOOK);

/** All pieces of a picture with a tag. */
function all(node: SvgNode | null, tag: string): SvgNode[] {
  if (node === null) return [];
  const inner = node.children.flatMap((child) =>
    typeof child === 'string' ? [] : all(child, tag),
  );
  return node.tag === tag ? [node, ...inner] : inner;
}
const words = (node: SvgNode | null) =>
  all(node, 'text').flatMap(({ children }) =>
    children.filter((child) => typeof child === 'string'),
  );

describe('SVG as text', () => {
  test('what a person wrote cannot become markup', () => {
    const text = svgText(svg('text', { title: 'a"<b' }, '<script>&'));
    expect(text).toBe('<text title="a&quot;&lt;b">&lt;script&gt;&amp;</text>');
  });
});

describe('pictures inside SVG', () => {
  test('the PNG holds every intensity as its colour, by zlib’s own reading', () => {
    const values = Float32Array.from({ length: 300 * 300 }, (_, i) => (i % 256) / 255);
    const bytes = Buffer.from(pngAddress(values, 300, LIGHT.ink).split(',')[1]!, 'base64');
    const chunks = new Map<string, Buffer>();
    for (let at = 8; at < bytes.length;) {
      const length = bytes.readUInt32BE(at);
      const data = bytes.subarray(at + 8, at + 8 + length);
      expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(bytes.subarray(at + 4, at + 8 + length))); // prettier-ignore
      chunks.set(bytes.toString('latin1', at + 4, at + 8), data);
      at += 12 + length;
    }
    expect([...chunks.keys()]).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
    const rows = inflateSync(chunks.get('IDAT')!); // checks Adler-32
    expect(rows).toHaveLength(300 * 301);
    const palette = chunks.get('PLTE')!;
    for (const i of [0, 1, 255, 299, 300, 89_999]) {
      const level = rows[Math.floor(i / 300) * 301 + 1 + (i % 300)]!;
      expect([...palette.subarray(3 * level, 3 * level + 3)]).toEqual(unpack(LIGHT.ink.packed[i % 256]!)); // prettier-ignore
    }
  });
});

describe('figures', () => {
  test.each(EXPERIMENTS.map(({ id }) => id))('%s: without results no mark is made up', (id) => {
    const picture = draw(id, []);
    expect([...all(picture, 'circle'), ...all(picture, 'image')]).toEqual([]);
    if (experimentOf(id).drawing.kind !== 'table') expect(picture).toBeNull();
  });

  test('lines: lower BCE lies lower, more images further right, and seeds are a band', () => {
    const at = (point: number, seed: number, bce: number) =>
      cellResult({ experiment: 'figure-4', point, seed, numbers: { bce } });
    const picture = draw('figure-4', [at(100, 1, 140), at(100, 2, 150), at(1000, 1, 90)]);
    const dots = all(picture, 'circle').slice(1); // the first is in the key
    const [few, many] = dots.map(({ attributes }) => attributes);
    expect(Number(few!['cx'])).toBeLessThan(Number(many!['cx']));
    expect(Number(few!['cy'])).toBeLessThan(Number(many!['cy'])); // y grows downwards
    expect(all(picture, 'path').some(({ attributes }) => attributes['opacity'] === 0.15)).toBe(
      true,
    );
    expect(all(picture, 'title').flatMap(({ children }) => children)).toContain('RAE: 145.00 at 100 training images'); // prettier-ignore
  });

  test('lines: what is claimed is a ring at the points that have results, and no axis goes below nothing', () => {
    const at = (row: string, point: number, recalled: number) =>
      cellResult({ experiment: 'pc-recall', row, point, numbers: { recalled } });
    const picture = draw('pc-recall', [
      at('noise', 10, 0.002),
      at('noise', 50, 0.01),
      at('half', 50, 0.01),
    ]);
    const rings = all(picture, 'circle').filter(({ attributes }) => attributes['fill'] === 'none');
    const notes = rings.map((ring) => all(ring, 'title')[0]!.children[0]);
    expect(notes).toEqual(['claimed', 'claimed: from noise, 100 steps: 0.0030', 'claimed: from noise, 100 steps: 0.0080', 'claimed: from half, 200 steps: 0.0030']); // prettier-ignore
    expect(words(picture).filter((text) => /^[-−]/.test(text))).toEqual([]);
    // The claimed 0.003 lies higher than our 0.002, and the claimed 0.008 lower than our 0.01.
    const dots = all(picture, 'circle').filter(({ attributes }) => attributes['fill'] !== 'none').slice(2); // prettier-ignore
    const height = ({ attributes }: SvgNode) => Number(attributes['cy']);
    expect(height(rings[1]!)).toBeLessThan(height(dots[0]!));
    expect(height(rings[2]!)).toBeGreaterThan(height(dots[1]!));
  });

  test('lines: a single point has its place written under it', () => {
    const one = cellResult({ experiment: 'pc-compression', row: 'relu', point: 5000, numbers: { mse: 0.012 } }); // prettier-ignore
    expect(words(draw('pc-compression', [one]))).toContain('5k');
  });

  test('the reader’s own run has another mark and its own name', () => {
    const own = cellResult({ experiment: 'figure-4', point: 100 });
    const picture = draw('figure-4', [], [own]);
    expect(all(picture, 'circle')).toEqual([]);
    expect(words(picture)).toContain('RAE, your run');
  });

  test('trade-off: a chart for each quantity, over seconds of training', () => {
    const at = (point: number, training: number) =>
      cellResult({
        experiment: 'trade-off',
        point,
        numbers: { bce: 60, logpx: -120, 'mmse.once': 30 },
        origin: { ...cellResult().origin, training },
      });
    const picture = draw('trade-off', [at(5000, 10), at(20_000, 40)]);
    expect(words(picture).filter((text) => /BCE|log p|M-MSE/.test(text))).toHaveLength(3);
    expect(all(picture, 'circle')).toHaveLength(1 + 3 * 2);
  });

  test('by class: one sheet a model', () => {
    const byClass = pictures(
      Array.from({ length: 2 * 10 * 4 }, () => 0.5),
      [2, 10, 4],
    );
    const picture = draw('figure-5', [
      cellResult({ experiment: 'figure-5', row: 'gan-ae', arrays: { byClass } }),
    ]);
    expect(all(picture, 'image')).toHaveLength(1);
    expect(words(picture)).toContain('GAN-AE · MNIST');
  });

  test('map: a dot for each image, a colour for each class', () => {
    const floats = (values: number[], shape: number[]) => ({
      ...{ shape, type: 'f32' as const },
      data: Buffer.from(Float32Array.from(values).buffer).toString('base64'),
    });
    const arrays = {
      'map.points': floats([0, 0, 1, 1, 2, 0], [3, 2]),
      'map.labels': floats([0, 1, 0], [3]),
    };
    const picture = draw('figure-6a', [
      cellResult({ experiment: 'figure-6a', row: 'gan-ae', arrays }),
    ]);
    const dots = all(picture, 'path').map(({ attributes }) => String(attributes['d']).split('M').length - 1); // prettier-ignore
    expect(dots).toEqual([2, 1]);
  });

  test('composition: what is seen, the features, the sum, row by row', () => {
    const arrays = {
      'composition.digits': pictures([1, 1, 1, 1], [1, 4]),
      'composition.features': pictures(
        Array.from({ length: 12 }, () => 0.5),
        [1, 3, 4],
      ),
      'composition.sum': pictures([0, 0, 0, 0], [1, 4]),
    };
    const row = 'gncn-t2-lsigma';
    const picture = draw('table-4', [cellResult({ experiment: 'table-4', row, arrays })]);
    const [image] = all(picture, 'image');
    // 1 row of 5 pictures of 2·2 with a line between: 14 by 2.
    const { width, height } = image!.attributes;
    expect(Number(width) / Number(height)).toBeCloseTo(14 / 2, 5);
  });

  test('a table has the paper’s numbers, and of the best two in bold', () => {
    const picture = draw('table-1', []);
    const bold = all(picture, 'text').filter(({ attributes }) => attributes['font-weight'] === 700);
    expect(bold.flatMap(({ children }) => children)).toContain('44.86 ±0.05');
    expect(words(picture)).not.toContain('Fashion-MNIST, a part'); // nobody has a number of it
    expect(words(picture).join()).toContain('bold: the best two');
    // Of it neither more nor less is better, and nothing is bold.
    expect(words(draw('table-3', [])).join()).not.toContain('bold');
  });
});
