import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { HistoryPoint } from '../../src/protocol/snapshot.ts';
import { LIGHT } from '../../src/viz/colour.ts';
import { columnLayout } from '../../src/viz/columns.ts';
import type { ChartStyle, Series } from '../../src/viz/curves.ts';
import { paintChart } from '../../src/viz/curves.ts';
import { paintHeatmap } from '../../src/viz/heatmap.ts';
import type { SvgNode } from '../../src/viz/lab/svg.ts';
import { svgText } from '../../src/viz/lab/svg.ts';
import { paintHatching } from '../../src/viz/picture.ts';
import { svgContext } from '../../src/viz/svgContext.ts';
import { scratchDocument } from '../helpers/raster.ts';
import { fakeSurface } from '../helpers/surface.ts';

/*
 * One painter, two sheets: what lands on a canvas lands in the SVG file, as many pieces at the same places in the same colours.
 */

beforeAll(() => void vi.stubGlobal('document', scratchDocument));

const tools = {
  measure: (text: string) => text.length * 6,
  address: (_: unknown, ...box: number[]) => `data:${box.join()}`,
};
const recorder = () => svgContext(tools);
const on = ({ context }: ReturnType<typeof recorder>, width = 300, height = 200) => ({ context, width, height, ratio: 1 }); // prettier-ignore
const flat = (nodes: readonly SvgNode[]): SvgNode[] => nodes.flatMap((node) => [node, ...flat(node.children.filter((child) => typeof child !== 'string'))]); // prettier-ignore

const point = (imagesSeen: number, trainBce: number): HistoryPoint => ({
  ...{ imagesSeen, trainBce, validationBce: imagesSeen % 200 === 0 ? trainBce + 7 : null },
  ...{ sparsity: [], discrepancy: null, mmse: null, weightChanges: [], changes: [] },
});
const POINTS = [400, 311, 212, 166, 140].map((bce, i) => point(100 * i, bce));
const SERIES: readonly Series[] = [
  { name: 'training', colour: '#111111', dash: [], value: (p) => p.trainBce },
  { name: 'validation', colour: '#222222', dash: [6, 3], value: (p) => p.validationBce },
];
const STYLE: ChartStyle = {
  ...{ ink: '#333333', soft: '#444444', line: '#555555', panel: '#ffffff' },
  ...{ font: 'Inter', fontSize: 12 },
};
const AREA = { left: 40, right: 290, top: 6, bottom: 180 };

describe('a chart', () => {
  const marks = [{ imagesSeen: 200, label: 'rate 0.1' }];
  const canvas = fakeSurface(300, 200);
  paintChart(canvas.surface, AREA, POINTS, SERIES, 2, STYLE, marks);
  const svg = recorder();
  paintChart(on(svg), AREA, POINTS, SERIES, 2, STYLE, marks);
  const nodes = flat(svg.nodes);

  test('has as many rectangles, paths and texts on a canvas as in a file, in the same order', () => {
    const kinds = canvas.marks.map(({ kind, box }) => kind === 'text' ? 'text' : box ? 'rect' : 'path'); // prettier-ignore
    expect(nodes.map(({ tag }) => tag)).toEqual(kinds);
    expect(new Set(kinds)).toEqual(new Set(['rect', 'path', 'text']));
  });

  test('has them at the same places, in the same colours, as strong, dashed or not', () => {
    canvas.marks.forEach(({ kind, colour, alpha, box, points, text, dashed, line }, i) => {
      const { attributes, children } = nodes[i]!;
      const near = (value: unknown, wanted: number) => expect(Number(value)).toBeCloseTo(wanted, 1);
      expect(attributes[kind === 'stroke' ? 'stroke' : 'fill']).toBe(colour);
      expect(attributes['opacity'] ?? 1).toBe(alpha);
      if (kind === 'stroke') expect(attributes).toMatchObject({ 'stroke-width': line });
      expect('stroke-dasharray' in attributes).toBe(kind === 'stroke' && dashed);
      if (box) (['x', 'y', 'width', 'height'] as const).forEach((name, k) => near(attributes[name], box[k]!)); // prettier-ignore
      if (kind === 'text') {
        expect(children).toEqual([text]);
        near(attributes['x'], points[0]![0]);
        expect(Math.abs(Number(attributes['y']) - points[0]![1])).toBeLessThan(12);
      }
      if (kind === 'stroke') {
        // Every point of the line is a point of the path.
        const said = [...String(attributes['d']).matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)];
        expect(said.length).toBe(points.length);
        said.forEach(([, x, y], k) => {
          near(x, points[k]![0]);
          near(y, points[k]![1]);
        });
      }
    });
  });
});

describe('what is written down', () => {
  test('moves with the context, and comes back with restore', () => {
    const svg = recorder();
    const { context } = svg;
    context.save();
    context.translate(10, 20);
    context.fillStyle = 'red';
    context.fillRect(1, 2, 3, 4);
    context.restore();
    context.fillRect(1, 2, 3, 4);
    expect(svg.nodes.map(({ attributes }) => attributes)).toEqual([
      { x: 11, y: 22, width: 3, height: 4, fill: 'red' },
      { x: 1, y: 2, width: 3, height: 4, fill: '#000' },
    ]);
  });

  test('a circle is a circle, in two halves of the same radius around its middle', () => {
    const { context, nodes } = recorder();
    context.beginPath();
    context.arc(50, 40, 5, 0, 2 * Math.PI);
    context.fill();
    expect(nodes[0]!.attributes['d']).toBe('M55 40A5 5 0 0 1 45 40A5 5 0 0 1 55 40');
  });

  test('hatching is clipped to what is hidden, and nothing after it is', () => {
    const svg = recorder();
    const mask = Uint8Array.from({ length: 16 }, (_, i) => (i % 4 < 2 ? 1 : 0));
    paintHatching(on(svg), mask, 4, { x: 0, y: 0, width: 40, height: 40 }, 'blue', 'white');
    svg.context.fillRect(0, 0, 1, 1);
    const [ground, clip, group, after] = svg.nodes;
    expect(ground!.attributes).toMatchObject({ fill: 'white' });
    const id = clip!.attributes['id'];
    expect(group!.attributes['clip-path']).toBe(`url(#${id})`);
    expect((clip!.children[0] as SvgNode).attributes['d']).toMatch(/^M20 0h20v10h-20Z/);
    expect(flat([group!]).filter(({ tag }) => tag === 'path')).toHaveLength(1);
    expect(after!.tag).toBe('rect');
  });

  test('a heatmap becomes a picture of pixels for each column, sharp', () => {
    const svg = recorder();
    const layout = columnLayout(24, 4, 138, 89);
    const scale = { low: 0, high: 1 };
    const style = { map: LIGHT.activity, scale, grid: 'grey', ground: 'white', contest: null };
    paintHeatmap(on(svg), layout, new Float32Array(24), { ...style, pinned: null, hovered: null, ink: 'black', side: 'violet' }); // prettier-ignore
    const images = svg.nodes.filter(({ tag }) => tag === 'image');
    expect(images).toHaveLength(6);
    for (const { attributes } of images) expect(attributes).toMatchObject({ style: 'image-rendering:pixelated' }); // prettier-ignore
  });

  test('text says its weight, its size, where it is anchored, and how wide it is', () => {
    const { context, nodes } = recorder();
    context.font = 'italic 650 12px "Inter", sans-serif';
    context.textAlign = 'right';
    context.fillText('a < b', 30, 40);
    expect(svgText(nodes[0]!)).toBe('<text x="30" y="40" font-size="12" font-family="&quot;Inter&quot;, sans-serif" fill="#000" font-weight="650" font-style="italic" textLength="30" lengthAdjust="spacingAndGlyphs" text-anchor="end">a &lt; b</text>'); // prettier-ignore
  });

  test('a text that is outlined is one that is stroked, where the filled one stands', () => {
    const { context, nodes } = recorder();
    Object.assign(context, { strokeStyle: '#abcdef', lineWidth: 4, fillStyle: '#123456' });
    context.strokeText('7', 30, 40);
    context.fillText('7', 30, 40);
    const [outline, filled] = nodes.map(({ attributes }) => attributes);
    expect(outline).toMatchObject({ stroke: '#abcdef', 'stroke-width': 4, fill: 'none' });
    expect(filled).toMatchObject({ fill: '#123456' });
    expect([outline!['x'], outline!['y']]).toEqual([filled!['x'], filled!['y']]);
  });

  test('it knows every call that a painter makes', () => {
    const folder = new URL('../../src/viz/', import.meta.url);
    const { context } = recorder();
    const unknown = readdirSync(folder)
      .filter((name) => name.endsWith('.ts') && !['canvas.ts', 'svgContext.ts'].includes(name))
      .flatMap((name) =>
        [...readFileSync(new URL(name, folder), 'utf8').matchAll(/\bcontext\.(\w+)/g)].map(
          ([, call]) => call!,
        ),
      ) // prettier-ignore
      .filter((call) => !(call in context));
    // The sheet of fields is a canvas of its own, which is then copied from.
    expect(unknown.filter((call) => !['createImageData', 'putImageData'].includes(call))).toEqual(
      [],
    );
  });
});
