/** Where the neurons of a layer lie: blocks of competing neurons, the same for every heatmap of the layer. */
export interface ColumnLayout {
  readonly size: number;
  /** Neurons in a block; the whole layer where nobody competes. */
  readonly group: number;
  /** Cells across and down in one block. */
  readonly block: readonly [number, number];
  /** Blocks across and down. */
  readonly blocks: readonly [number, number];
  /** Side of a cell and gap between blocks, in the units of the box. */
  readonly cell: number;
  readonly gap: number;
  readonly width: number;
  readonly height: number;
}

/** Share of a cell left free between blocks. */
const GAP = 0.45;

/** The shape of a block of `group` cells: a full rectangle not too far from a square, else the nearest square. */
export function blockShape(group: number): readonly [number, number] {
  for (let down = Math.floor(Math.sqrt(group)); down >= 1; down--) {
    const across = group / down;
    if (Number.isInteger(across) && across <= 3 * down) return [across, down];
  }
  const across = Math.ceil(Math.sqrt(group));
  return [across, Math.ceil(group / across)];
}

/**
 * Lays `size` neurons in blocks of `group` into a box, with the cells as large as they can be. A group of 1 or of none (0) is
 * one block of all.
 */
export function columnLayout(
  size: number,
  group: number,
  width: number,
  height: number,
): ColumnLayout {
  const together = group > 1 && group < size ? group : size;
  const count = Math.ceil(size / together);
  const shapeOf = (): readonly [number, number] => {
    if (together !== size) return blockShape(together);
    // One block takes the shape of the box.
    const across = Math.max(
      1,
      Math.min(size, Math.round(Math.sqrt((size * width) / Math.max(1, height)))),
    );
    return [across, Math.ceil(size / across)];
  };
  const block = shapeOf();
  let best: ColumnLayout | null = null;
  for (let across = 1; across <= count; across++) {
    const down = Math.ceil(count / across);
    const cellsWide = across * block[0] + (across - 1) * GAP;
    const cellsHigh = down * block[1] + (down - 1) * GAP;
    const cell = Math.max(0, Math.min(width / cellsWide, height / cellsHigh));
    if (best !== null && cell <= best.cell) continue;
    best = {
      size,
      group: together,
      block,
      blocks: [across, down],
      cell,
      gap: GAP * cell,
      width: cellsWide * cell,
      height: cellsHigh * cell,
    };
  }
  return best!;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where block `index` lies. */
export function blockBox(layout: ColumnLayout, index: number): Box {
  const { block, blocks, cell, gap } = layout;
  return {
    x: (index % blocks[0]) * (block[0] * cell + gap),
    y: Math.floor(index / blocks[0]) * (block[1] * cell + gap),
    width: block[0] * cell,
    height: block[1] * cell,
  };
}

/** Where the cell of neuron `index` lies. */
export function cellBox(layout: ColumnLayout, index: number): Box {
  const { block, cell, group } = layout;
  const { x, y } = blockBox(layout, Math.floor(index / group));
  const within = index % group;
  return {
    x: x + (within % block[0]) * cell,
    y: y + Math.floor(within / block[0]) * cell,
    width: cell,
    height: cell,
  };
}

/** The neuron at a point of the box, or null between blocks and outside. */
export function neuronAt(layout: ColumnLayout, x: number, y: number): number | null {
  const { block, blocks, cell, gap, group, size } = layout;
  const pitchX = block[0] * cell + gap;
  const pitchY = block[1] * cell + gap;
  const blockX = Math.floor(x / pitchX);
  const blockY = Math.floor(y / pitchY);
  if (!(x >= 0 && y >= 0) || blockX >= blocks[0] || blockY >= blocks[1]) return null;
  const column = Math.floor((x - blockX * pitchX) / cell);
  const row = Math.floor((y - blockY * pitchY) / cell);
  if (column >= block[0] || row >= block[1]) return null;
  const within = row * block[0] + column;
  const index = (blockY * blocks[0] + blockX) * group + within;
  return within < group && index < size ? index : null;
}

/** Columns and rows that an arrow key moves by. */
export const ARROW_STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The neuron that an arrow key leads to from neuron `from`, over the gap between two blocks if there is one; null for other keys. */
export function neuronByKey(layout: ColumnLayout, from: number | null, key: string): number | null {
  const by = ARROW_STEPS[key];
  if (by === undefined) return null;
  if (from === null) return 0;
  const { x, y, width, height } = cellBox(layout, from);
  for (const far of [1, 1 + 0.6 * (GAP + 0.6)]) {
    const found = neuronAt(
      layout,
      x + width * (0.5 + by[0] * far),
      y + height * (0.5 + by[1] * far),
    );
    if (found !== null && found !== from) return found;
  }
  return from;
}
