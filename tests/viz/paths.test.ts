import { describe, expect, it } from 'vitest';
import { graphOf, keyOf, pathDiagram } from '../../src/viz/paths.ts';
import type { Tree } from '../../src/viz/paths.ts';
import { stepUnder } from '../../src/viz/steps.ts';
import { traceRange } from '../../src/viz/trace.ts';

const leaf = (layer: number, index: number, through: string, strength: number) => ({
  ...{ layer, index, through, strength, causes: [] },
});
/** Neuron 7 of layer 1: two causes in layer 2 that share one in layer 3, which also acts past the layer. */
const tree: Tree = {
  layer: 1,
  index: 7,
  causes: [
    { ...leaf(2, 1, 'W2', 4), causes: [leaf(3, 5, 'W3', 2)] },
    { ...leaf(2, 2, 'W2', -1), causes: [leaf(3, 5, 'W3', 1), leaf(3, 6, 'W3', 0.5)] },
    leaf(3, 5, 'M3', 3),
  ],
};
const sizes = { node: 40, name: 12, row: 90 };

describe('paths that switch a feature on', () => {
  it('name each neuron and each link once', () => {
    const { nodes, links } = graphOf(tree);
    expect(nodes.map(keyOf).sort()).toEqual(['1-7', '2-1', '2-2', '3-5', '3-6']);
    expect(links).toHaveLength(6);
    expect(links.find(({ through }) => through === 'M3')).toMatchObject({ from: '3-5', to: '1-7' });
  });

  it('stand in rows, the top layer above, inside the width', () => {
    const { nodes, height } = pathDiagram(tree, 300, sizes);
    const y = Object.fromEntries(nodes.map((node) => [keyOf(node), node.y]));
    expect([y['3-5'], y['2-1'], y['1-7']]).toEqual([0, 90, 180]);
    expect(height).toBe(180 + 40 + 12);
    for (const { x, size } of nodes) {
      expect(x - size / 2).toBeGreaterThanOrEqual(0);
      expect(x + size / 2).toBeLessThanOrEqual(300);
    }
  });

  it('is drawn at its widest where what is added is not finite, and leaves the others as they are', () => {
    const causes = [leaf(2, 1, 'W2', NaN), leaf(2, 2, 'W2', -4), leaf(2, 3, 'W2', 2)];
    const sizes = { node: 40, name: 10, row: 80 };
    const { links } = pathDiagram({ layer: 1, index: 7, causes }, 300, sizes);
    expect(links.map(({ width }) => width)).toEqual([7, 7, 4]);
  });

  it('are the wider, the more they add, either way', () => {
    const { links } = pathDiagram(tree, 300, sizes);
    const byWidth = [...links].sort((a, b) => b.width - a.width);
    expect(byWidth.map(({ strength }) => strength)).toEqual([4, 3, 2, -1, 1, 0.5]);
  });

  it('make room in a crowded row by smaller squares', () => {
    const causes = Array.from({ length: 12 }, (_, i) => leaf(2, i, 'W2', 1));
    const { nodes } = pathDiagram({ layer: 1, index: 0, causes }, 300, sizes);
    const row = nodes.filter(({ layer }) => layer === 2).sort((a, b) => a.x - b.x);
    row.slice(1).forEach((node, i) => expect(node.x - row[i]!.x).toBeGreaterThan(node.size));
    expect(row[0]!.x - row[0]!.size / 2).toBeGreaterThanOrEqual(0);
  });

  it('are one neuron alone where nobody acts on it', () => {
    const { nodes, links } = pathDiagram({ layer: 1, index: 0, causes: [] }, 300, sizes);
    expect(nodes).toHaveLength(1);
    expect(links).toEqual([]);
  });
});

describe('the curves of a neuron', () => {
  const area = { left: 10, right: 110, top: 0, bottom: 50 };

  it('give the step under the pointer, clamped to those there are', () => {
    expect([0, 10, 60, 110, 500].map((x) => stepUnder(x, area, [0, 20]))).toEqual([0, 0, 10, 20, 20]); // prettier-ignore
    expect(stepUnder(60, area, [100, 200])).toBe(150);
  });

  it('always have zero in their range', () => {
    const trace = (...values: number[]) => ({ values, colour: '', dash: [], width: 1 });
    expect(traceRange([trace(1, 3), trace(2)])).toEqual([0, 3]);
    expect(traceRange([trace(-2, NaN)])).toEqual([-2, 0]);
    expect(traceRange([])).toEqual([0, 1]);
  });
});
