import jsQR from 'jsqr';
import { describe, expect, test } from 'vitest';

import { svgText } from '../../src/viz/lab/svg.ts';
import { qrModules, qrPicture } from '../../src/viz/qr.ts';

/** What a reader of QR codes reads off an SVG picture: its rectangles painted in order, each module a few pixels wide. */
function read(picture: string): string | null {
  const side = Number(/viewBox="0 0 (\d+) /.exec(picture)![1]);
  const scale = 4;
  const width = side * scale;
  const light = new Uint8Array(side * side).fill(1);
  for (const [, x, y, run] of picture.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    light.fill(0, Number(y) * side + Number(x), Number(y) * side + Number(x) + Number(run));
  const pixels = new Uint8ClampedArray(4 * width * width);
  for (let row = 0; row < width; row++)
    for (let column = 0; column < width; column++) {
      const value = 255 * light[Math.floor(row / scale) * side + Math.floor(column / scale)]!;
      pixels.set([value, value, value, 255], 4 * (row * width + column));
    }
  // The package is CommonJS: its function is the default of its default.
  const decode = typeof jsQR === 'function' ? jsQR : (jsQR as { default: typeof jsQR }).default;
  return decode(pixels, width, width)?.data ?? null;
}

describe('the code of a link', () => {
  test.each([
    'https://example.org/#model=gncn-pdh&dataset=mnist&seed=1&mode=complete&density=story',
    `https://example.org/ngc/#model=gncn-pdh&drawing=${'aZ09-_'.repeat(40)}&lesions=lateral,neuron1.57`,
    `https://example.org/#drawing=${'q'.repeat(820)}`,
  ])('is read back as the link: %s', (link) => {
    expect(read(svgText(qrPicture(link, 'a link')!))).toBe(link);
  });

  test('is dark on white whatever the theme, with four free modules around it', () => {
    const picture = svgText(qrPicture('https://example.org/', 'a link')!);
    expect(picture).toContain('fill="#fff"');
    expect(picture).toContain('fill="#000"');
    const side = qrModules('https://example.org/')!.length;
    expect(picture).toContain(`viewBox="0 0 ${side + 8} ${side + 8}"`);
    expect(picture).toContain('M4 4h7v1h-7z'); // the upper edge of the first corner mark
  });

  test('is not made where it would be too fine to be read off a wall, or too long for any code', () => {
    expect(qrModules(`https://example.org/#${'q'.repeat(900)}`)).toBeNull();
    expect(qrPicture('q'.repeat(5000), 'a link')).toBeNull();
  });
});
