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

/** Everything of a layout but its box. */
function layoutOf(
  size: number,
  group: number,
  block: readonly [number, number],
  across: number,
  cell: number,
  gap: number,
): ColumnLayout {
  const down = Math.ceil(Math.ceil(size / group) / across);
  const width = across * block[0] * cell + (across - 1) * gap;
  const height = down * block[1] * cell + (down - 1) * gap;
  return { size, group, block, blocks: [across, down], cell, gap, width, height };
}

/** A group of 1 or of none (0) is one block of all. */
const together = (size: number, group: number) => (group > 1 && group < size ? group : size);

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
  const members = together(size, group);
  const count = Math.ceil(size / members);
  const shapeOf = (): readonly [number, number] => {
    if (members !== size) return blockShape(members);
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
    const unit = layoutOf(size, members, block, across, 1, GAP);
    const cell = Math.max(0, Math.min(width / unit.width, height / unit.height));
    if (best !== null && cell <= best.cell) continue;
    best = layoutOf(size, members, block, across, cell, GAP * cell);
  }
  return best!;
}

/** Width to height of a layer on the stage. */
const STAGE_ASPECT = 1.6;
const STAGE_GAP = 0.28;

/**
 * The layer as it lies on the stage: the number of cells across and down depends on nothing but the layer, so that a neuron keeps
 * its place whatever room there is. The gaps are whole pixels.
 *
 * @param cell the side of a cell in pixels
 */
export function stageColumns(size: number, group: number, cell: number): ColumnLayout {
  const members = together(size, group);
  const single = members === size;
  const gap = Math.max(1, Math.round(STAGE_GAP * cell));
  const most = Math.ceil(size / (single ? 1 : members));
  let best: ColumnLayout | null = null;
  let least = Infinity;
  for (let across = 1; across <= most; across++) {
    const block = single ? ([across, Math.ceil(size / across)] as const) : blockShape(members);
    const layout = layoutOf(size, members, block, single ? 1 : across, cell, gap);
    const wide = layout.blocks[0] * block[0];
    const high = layout.blocks[1] * block[1];
    const cost = Math.abs(Math.log(wide / high / STAGE_ASPECT)) + (wide * high) / size;
    if (cost >= least) continue;
    least = cost;
    best = layout;
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
