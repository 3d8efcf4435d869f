import { ACTIVE } from '../engine/constants.ts';
import { max, range, scaleSqrt } from 'd3';
import type { Surface } from './canvas.ts';
import { UNKNOWN_CSS } from './colour.ts';
import type { Box } from './columns.ts';
import type { LinePoint } from './lines.ts';
import { paintDot, paintLine, yOf } from './lines.ts';
import { stepScale } from './steps.ts';

/** How the neurons of one competition group stand against each other at a settling step. */
export interface Contest {
  /** Neurons first … first + members − 1 belong to the group. */
  readonly first: number;
  readonly members: number;
  /** The most active neuron; null where nobody is active. */
  readonly winner: number | null;
  /** Neurons that are active beside the winner. */
  readonly rivals: readonly number[];
  /** Neurons that were active earlier in the episode, are silent now, and are inhibited by the others. */
  readonly held: readonly number[];
  /** Neurons whose activity is not a finite number; they win nothing. */
  readonly unknown: readonly number[];
}

/**
 * The contests of a layer at frame `shown`.
 *
 * @param activity φ(z_l) [J_l] of every frame
 * @param lateral −φ(z_l)·V_l [J_l] at the frame on show: negative where a neuron is inhibited
 */
export function contests(
  activity: readonly Float32Array[],
  lateral: Float32Array,
  shown: number,
  group: number,
): Contest[] {
  const now = activity[shown];
  if (now === undefined || group < 1) return [];
  return Array.from({ length: Math.ceil(now.length / group) }, (_, g): Contest => {
    const first = g * group;
    const members = Math.min(group, now.length - first);
    let winner: number | null = null;
    const firing: number[] = [];
    const held: number[] = [];
    const unknown: number[] = [];
    for (let i = first; i < first + members; i++) {
      if (!Number.isFinite(now[i])) unknown.push(i);
      else if (now[i]! > ACTIVE) {
        firing.push(i);
        if (winner === null || now[i]! > now[winner]!) winner = i;
      } else if (lateral[i]! < -ACTIVE && wasActive(activity, i, shown)) held.push(i);
    }
    return { first, members, winner, rivals: firing.filter((i) => i !== winner), held, unknown };
  });
}

function wasActive(activity: readonly Float32Array[], index: number, before: number): boolean {
  for (let frame = 0; frame < before; frame++) if (activity[frame]![index]! > ACTIVE) return true;
  return false;
}

export interface ContestsStyle {
  /** The colour of competition: the winner. */
  readonly side: string;
  readonly soft: string;
  readonly line: string;
  readonly ink: string;
  readonly raised: string;
  readonly font: string;
  readonly fontSize: number;
}

export interface ContestsData {
  readonly activity: readonly Float32Array[];
  /** The settling step of each frame. */
  readonly steps: readonly number[];
  readonly shown: number;
  readonly contests: readonly Contest[];
  /** The neuron that is pinned in this layer. */
  readonly pinned: number | null;
}

const GAP = 6;
/** Width to height that a small chart should have. */
const SHAPE = 1.5;

/** Where the chart of each of `count` groups lies: they fill the canvas in even rows. */
export function contestBoxes(count: number, width: number, height: number): Box[] {
  const sizeFor = (across: number) => ({
    width: (width - (across - 1) * GAP) / across,
    height: (height - (Math.ceil(count / across) - 1) * GAP) / Math.ceil(count / across),
  });
  let best = 1;
  const misfit = (across: number) => {
    const size = sizeFor(across);
    const shape = Math.abs(Math.log(size.width / Math.max(1, size.height) / SHAPE));
    // An uneven last row looks unfinished.
    return shape + (count % across === 0 ? 0 : 0.35);
  };
  for (let across = 2; across <= count; across++) if (misfit(across) < misfit(best)) best = across;
  const size = sizeFor(best);
  return Array.from({ length: count }, (_, i) => ({
    x: (i % best) * (size.width + GAP),
    y: Math.floor(i / best) * (size.height + GAP),
    ...size,
  }));
}

/** The group at a point of the canvas; null between groups. */
export function contestAt(x: number, y: number, boxes: readonly Box[]): number | null {
  const at = boxes.findIndex(
    (box) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height,
  );
  return at < 0 ? null : at;
}

/**
 * Paints every group as a small chart of activity over steps, on one scale: the winner thick, who is active beside it thin, who was
 * silenced dashed; who is not finite has gaps and marks.
 */
export function paintContests(surface: Surface, data: ContestsData, style: ContestsStyle): void {
  const { context, width, height } = surface;
  const { activity, contests: groups } = data;
  const boxes = contestBoxes(groups.length, width, height);
  const finite = (value: number) => (Number.isFinite(value) ? value : NaN);
  const high = Math.max(0, max(activity, (frame) => max(frame, finite)) ?? 0) || 1;
  context.lineJoin = 'round';
  groups.forEach((contest, i) => {
    paintChart(context, boxes[i]!, contest, data, high, style);
  });
}

function paintChart(
  context: CanvasRenderingContext2D,
  box: Box,
  contest: Contest,
  { activity, steps, shown, pinned }: ContestsData,
  high: number,
  style: ContestsStyle,
): void {
  const { first, members, winner, rivals, held, unknown } = contest;
  const inset = 3;
  const head = Math.min(style.fontSize * 1.25, box.height * 0.34);
  const area = {
    left: box.x + inset,
    right: box.x + box.width - inset,
    top: box.y + head + inset,
    bottom: box.y + box.height - inset,
  };
  const x = stepScale([steps[0] ?? 0, steps.at(-1) ?? 0], area);
  // A square root keeps faint contests visible beside the strongest.
  const y = scaleSqrt([0, high], [area.bottom, area.top]).clamp(true);
  const point = (frame: number, index: number): LinePoint => [
    x(steps[frame] ?? 0),
    yOf(activity[frame]?.[index] ?? NaN, y),
  ];
  context.fillStyle = style.raised;
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 4);
  context.fill();

  const curve = (index: number, colour: string, width: number, dash: readonly number[]) => {
    const points = range(activity.length).map((frame) => point(frame, index));
    paintLine(context, points, { colour, width, dash }, area.top + 4);
  };
  for (const index of held) curve(index, style.soft, 1, [2, 2]);
  for (const index of [...rivals, ...unknown]) curve(index, style.soft, 1.25, []);
  if (winner !== null) curve(winner, style.side, 2.5, []);

  // Not rounded: it lies exactly over the curves of who is silent.
  context.fillStyle = style.line;
  context.fillRect(area.left, area.bottom, area.right - area.left, 1);
  context.fillStyle = style.ink;
  context.globalAlpha = 0.3;
  const here = x(steps[shown] ?? 0);
  context.fillRect(Math.round(here), box.y + head, 1, box.height - head - inset);
  context.globalAlpha = 1;
  if (winner !== null) paintDot(context, point(shown, winner), style.side, 2.5, area.top + 4);

  context.textBaseline = 'top';
  context.textAlign = 'left';
  context.font = `600 ${style.fontSize}px ${style.font}`;
  context.fillStyle = winner !== null ? style.side : unknown.length > 0 ? UNKNOWN_CSS : style.soft;
  context.fillText(winner === null ? '—' : String(winner), box.x + inset + 1, box.y + 2);
  if (held.length > 0) {
    context.font = `${style.fontSize}px ${style.font}`;
    context.fillStyle = style.soft;
    context.textAlign = 'right';
    context.fillText(`${held.length} ↓`, box.x + box.width - inset - 1, box.y + 2);
  }
  if (pinned !== null && pinned >= first && pinned < first + members) {
    context.strokeStyle = style.side;
    context.lineWidth = 2;
    context.beginPath();
    context.roundRect(box.x + 1, box.y + 1, box.width - 2, box.height - 2, 4);
    context.stroke();
  }
}
