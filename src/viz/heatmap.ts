import type { Surface } from './canvas.ts';
import { scratchCanvas, snap } from './canvas.ts';
import type { ColourMap } from './colour.ts';
import { colourOf } from './colour.ts';
import type { Box, ColumnLayout } from './columns.ts';
import { blockBox, cellBox } from './columns.ts';
import type { ValueScale } from './scales.ts';

/** How one layer's values are painted. */
export interface HeatmapStyle {
  readonly map: ColourMap;
  readonly scale: ValueScale;
  readonly grid: string;
  /** The ground behind each block, which makes columns visible where nobody is active. */
  readonly ground: string;
  /** The neuron that is pinned and the one under the pointer. */
  readonly pinned: number | null;
  readonly hovered: number | null;
  readonly ink: string;
  /** The colour of competition, for the pinned neuron's column. */
  readonly side: string;
  /** For each block, 0 … 1: how strongly its neurons compete now. */
  readonly contest: ArrayLike<number> | null;
}

/** Paints one layer: a colour for each neuron, blocks of competitors apart from each other. */
export function paintHeatmap(
  { context, ratio }: Surface,
  layout: ColumnLayout,
  values: ArrayLike<number>,
  style: HeatmapStyle,
): void {
  const { block, blocks, cell, group, size } = layout;
  const count = blocks[0] * blocks[1];
  const tile = scratchCanvas(block[0], block[1] * count);
  const image = tile.createImageData(block[0], block[1] * count);
  const colours = new Uint32Array(image.data.buffer);
  const perBlock = block[0] * block[1];
  for (let i = 0; i < size; i++) {
    const at = Math.floor(i / group) * perBlock + (i % group);
    colours[at] = colourOf(values[i] ?? NaN, style.scale, style.map);
  }
  tile.putImageData(image, 0, 0);
  paintGround(context, layout, style.ground);
  context.imageSmoothingEnabled = false;
  for (let index = 0; index * group < size; index++) {
    const { x, y, width, height } = blockBox(layout, index);
    const left = snap(x, ratio);
    const top = snap(y, ratio);
    const right = snap(x + width, ratio);
    const bottom = snap(y + height, ratio);
    context.drawImage(
      tile.canvas,
      0,
      index * block[1],
      block[0],
      block[1],
      left,
      top,
      right - left,
      bottom - top,
    );
  }
  if (cell >= 5) paintGrid(context, layout, style.grid, ratio);
  if (style.contest !== null) frameContests(context, layout, style.contest, style.side);
  if (style.pinned !== null && style.pinned < size) {
    outline(context, blockBox(layout, Math.floor(style.pinned / group)), style.side, 2, -1);
    outline(context, cellBox(layout, style.pinned), style.ink, 2, 0.5);
  }
  if (style.hovered !== null && style.hovered < size)
    outline(context, cellBox(layout, style.hovered), style.ink, 1.5, 0);
}

/** A frame of ground around each block. */
function paintGround(
  context: CanvasRenderingContext2D,
  layout: ColumnLayout,
  colour: string,
): void {
  const { group, size, gap } = layout;
  const around = Math.min(1.5, gap * 0.4);
  context.fillStyle = colour;
  context.beginPath();
  for (let index = 0; index * group < size; index++) {
    const { x, y, width, height } = blockBox(layout, index);
    context.roundRect(x - around, y - around, width + 2 * around, height + 2 * around, 2);
  }
  context.fill();
}

/** Hairlines between the cells of a block. */
function paintGrid(
  context: CanvasRenderingContext2D,
  layout: ColumnLayout,
  colour: string,
  ratio: number,
): void {
  const { block, cell, group, size } = layout;
  context.fillStyle = colour;
  const line = 1 / ratio;
  for (let index = 0; index * group < size; index++) {
    const { x, y, width, height } = blockBox(layout, index);
    for (let c = 1; c < block[0]; c++)
      context.fillRect(snap(x + c * cell, ratio) - line, y, line, height);
    for (let r = 1; r < block[1]; r++)
      context.fillRect(x, snap(y + r * cell, ratio) - line, width, line);
  }
}

/** Columns that compete less than this part of the strongest one get no frame. */
const LEAST_CONTEST = 0.2;

/** Frames around the blocks whose neurons compete, the stronger the more they do. */
function frameContests(
  context: CanvasRenderingContext2D,
  layout: ColumnLayout,
  contest: ArrayLike<number>,
  colour: string,
): void {
  for (let index = 0; index < contest.length; index++) {
    const strength = contest[index]!;
    if (strength < LEAST_CONTEST) continue;
    context.globalAlpha = Math.min(1, strength);
    outline(context, blockBox(layout, index), colour, 1, -0.5);
  }
  context.globalAlpha = 1;
}

function outline(
  context: CanvasRenderingContext2D,
  box: Box,
  colour: string,
  line: number,
  outside: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = line;
  context.strokeRect(
    box.x - outside,
    box.y - outside,
    box.width + 2 * outside,
    box.height + 2 * outside,
  );
}

/**
 * How strongly the neurons of each column inhibit each other, relative to the strongest column: the sum of the products of
 * their activities, which is 0 where one neuron is alone.
 */
export function contestByColumn(activity: ArrayLike<number>, group: number): Float32Array {
  const contest = new Float32Array(Math.ceil(activity.length / group));
  let most = 0;
  for (let column = 0; column < contest.length; column++) {
    let sum = 0;
    let squares = 0;
    for (let i = column * group; i < Math.min(activity.length, (column + 1) * group); i++) {
      const value = Math.max(0, activity[i]!);
      // One that is not finite has a colour of its own; the contest of the others is still seen.
      if (!Number.isFinite(value)) continue;
      sum += value;
      squares += value * value;
    }
    contest[column] = Math.max(0, sum * sum - squares) / 2;
    most = Math.max(most, contest[column]!);
  }
  if (most > 0) for (let i = 0; i < contest.length; i++) contest[i]! /= most;
  return contest;
}
