import { ascending, linkVertical, scaleLinear, sum } from 'd3';
import { largest } from './scales.ts';

/** A neuron that takes part in switching another one on. */
export interface PathNode {
  readonly layer: number;
  readonly index: number;
  /** Middle and top of its square, and its side. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** A neuron by its place. */
export type PathKey = Pick<PathNode, 'layer' | 'index'>;

/** What one neuron adds to the prediction of another one below it. */
export interface PathLink {
  readonly from: string;
  readonly to: string;
  readonly through: string;
  /** Positive switches on, negative switches off; what is not finite is drawn at its widest. */
  readonly strength: number;
}

/** A link with its curve and how wide it is drawn. */
export interface DrawnLink extends PathLink {
  readonly path: string;
  readonly width: number;
}

export interface PathDiagram {
  readonly nodes: readonly PathNode[];
  readonly links: readonly DrawnLink[];
  readonly height: number;
}

/** A neuron with who adds to it, as a tree: the same neuron may stand in it more than once. */
export interface Tree {
  readonly layer: number;
  readonly index: number;
  readonly causes: readonly (Tree & { readonly through: string; readonly strength: number })[];
}

export const keyOf = ({ layer, index }: PathKey) => `${layer}-${index}`;

const WIDEST = 7;
const THINNEST = 1;
/** Squares of a row stand at least this far apart. */
const APART = 4;

/** Every neuron of a tree once, and every link once. */
export function graphOf(tree: Tree): { nodes: PathKey[]; links: PathLink[] } {
  const nodes = new Map<string, PathKey>();
  const links = new Map<string, PathLink>();
  const visit = (node: Tree) => {
    const key = keyOf(node);
    nodes.set(key, { layer: node.layer, index: node.index });
    for (const cause of node.causes) {
      const { through, strength } = cause;
      links.set(`${keyOf(cause)}>${key}`, { from: keyOf(cause), to: key, through, strength });
      visit(cause);
    }
  };
  visit(tree);
  return { nodes: [...nodes.values()], links: [...links.values()] };
}

/**
 * Lays the neurons that switch one on in rows, the top layer above, and draws who adds to whom: the wider, the more.
 *
 * @param sizes side of a neuron's square, height of the name below it, and from the top of a row to that of the next
 */
export function pathDiagram(
  tree: Tree,
  width: number,
  { node, name, row }: { readonly node: number; readonly name: number; readonly row: number },
): PathDiagram {
  const { nodes, links } = graphOf(tree);
  const top = Math.max(...nodes.map(({ layer }) => layer));
  const rows = Array.from({ length: top - tree.layer + 1 }, (_, i) => top - i);
  const placed = new Map<string, PathNode>();
  // From the bottom up: each row in the order of the neurons it leads to, so that few lines cross.
  for (const layer of [...rows].reverse()) {
    const members = nodes.filter((one) => one.layer === layer);
    const lean = (one: PathKey) => {
      const ends = links.filter(({ from }) => from === keyOf(one));
      const weight = sum(ends, ({ strength }) => Math.abs(strength)) || 1;
      const at = ({ to, strength }: PathLink) => (placed.get(to)?.x ?? 0) * Math.abs(strength);
      return sum(ends, at) / weight;
    };
    const sorted = members
      .map((one) => ({ one, lean: lean(one) }))
      .sort((a, b) => ascending(a.lean, b.lean));
    const pitch = Math.min(width / Math.max(1, members.length), node * 2.2);
    const left = width / 2 - ((members.length - 1) * pitch) / 2;
    const size = Math.min(node, pitch - APART);
    sorted.forEach(({ one }, i) => {
      const y = rows.indexOf(layer) * row;
      placed.set(keyOf(one), { ...one, x: left + i * pitch, y, size });
    });
  }
  const most = largest(links.map(({ strength }) => strength)) || 1;
  const thick = scaleLinear([0, most], [THINNEST, WIDEST]).clamp(true).unknown(WIDEST);
  const curve = linkVertical<unknown, [number, number]>();
  const drawn = links.map((link): DrawnLink => {
    const from = placed.get(link.from)!;
    const to = placed.get(link.to)!;
    const path = curve({ source: [from.x, from.y + from.size + name], target: [to.x, to.y] }) ?? '';
    return { ...link, path, width: thick(Math.abs(link.strength)) };
  });
  return {
    nodes: [...placed.values()],
    links: drawn,
    height: (rows.length - 1) * row + node + name,
  };
}
