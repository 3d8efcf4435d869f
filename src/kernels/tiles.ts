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

/** What an adapter is best served with. */
export interface TileChoice {
  /** Whether the adapter is software. */
  readonly software: boolean;
  /** Takes this tile for everything: for tests and measurements. */
  readonly tile?: Tile | undefined;
}

/** Software adapters: workgroup memory and barriers cost them more than they save, and small code compiles sooner. */
const SOFTWARE: Tile = { rows: 8, cols: 16, depth: 1, perRow: 8, shared: false };
/** Where there is enough to compute, what takes longer to compile pays. */
const SOFTWARE_LARGE: Tile = { rows: 16, cols: 16, depth: 1, perRow: 16, shared: false };
const LARGE_ROWS = 64;
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

/** Every tile there is. */
export const TILES: readonly Tile[] = [SOFTWARE, SOFTWARE_LARGE, FLAT, ...BLOCKS];

/** How many tiles a product of this shape takes. */
export function tilesOf(tile: Tile, { rows, cols }: { rows: number; cols: number }): number {
  return Math.ceil(rows / tile.rows) * Math.ceil(cols / tile.cols);
}

/** The tile for products that run in one dispatch. */
export function chooseTile(
  shapes: readonly { readonly rows: number; readonly cols: number }[],
  { software, tile }: TileChoice,
): Tile {
  if (tile) return tile;
  const most = Math.max(...shapes.map(({ rows }) => rows));
  if (software) return most < LARGE_ROWS ? SOFTWARE : SOFTWARE_LARGE;
  if (most <= FLAT.rows) return FLAT;
  const fills = (block: Tile) =>
    shapes.reduce((sum, shape) => sum + tilesOf(block, shape), 0) >= ENOUGH_GROUPS;
  return BLOCKS.find(fills) ?? BLOCKS.at(-1)!;
}
