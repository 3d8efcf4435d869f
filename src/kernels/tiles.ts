/** The part of a product that one workgroup computes, and how. */
export interface Tile {
  readonly rows: number;
  /** A multiple of 4: every thread has four columns. */
  readonly cols: number;
  /** How much of the summed-over dimension is held in workgroup memory at once. */
  readonly depth: number;
  /** Rows a thread has. */
  readonly perRow: number;
  /** Whether tiles of A and B go through workgroup memory. */
  readonly shared: boolean;
}

/** Software adapters: workgroup memory and barriers cost them more than they save, and small code compiles sooner. */
const SOFTWARE: Tile = { rows: 8, cols: 16, depth: 1, perRow: 8, shared: false };
/** A few rows: every thread has one, so that there are threads enough. */
const FLAT: Tile = { rows: 8, cols: 32, depth: 32, perRow: 1, shared: true };
/** From many entries a thread to few: the first that still fills a graphics processor is taken. */
const BLOCKS: readonly Tile[] = [
  { rows: 64, cols: 64, depth: 16, perRow: 8, shared: true },
  { rows: 32, cols: 64, depth: 16, perRow: 4, shared: true },
  { rows: 32, cols: 32, depth: 16, perRow: 4, shared: true },
];
/** Workgroups that keep the larger graphics processors (some 130 cores) busy. */
const ENOUGH_GROUPS = 256;

/** How many tiles a product of this shape takes. */
export function tilesOf(tile: Tile, { rows, cols }: { rows: number; cols: number }): number {
  return Math.ceil(rows / tile.rows) * Math.ceil(cols / tile.cols);
}

/** The tile for products that run in one dispatch. */
export function chooseTile(
  shapes: readonly { readonly rows: number; readonly cols: number }[],
  software: boolean,
): Tile {
  if (software) return SOFTWARE;
  if (Math.max(...shapes.map(({ rows }) => rows)) <= FLAT.rows) return FLAT;
  const fills = (tile: Tile) =>
    shapes.reduce((sum, shape) => sum + tilesOf(tile, shape), 0) >= ENOUGH_GROUPS;
  return BLOCKS.find(fills) ?? BLOCKS.at(-1)!;
}
