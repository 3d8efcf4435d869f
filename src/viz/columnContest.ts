import { ACTIVE } from '../engine/constants.ts';
import { range, scaleBand, scaleLinear } from 'd3';
import type { Surface } from './canvas.ts';
import { hatchUnknown } from './unknown.ts';

/** One of the neurons that compete, as it acts on the one looked at. */
export interface Contestant {
  readonly index: number;
  /** φ(z) now. */
  readonly activity: number;
  /** −φ·V: what it adds to the change of the one looked at; negative holds it down. */
  readonly pull: number;
}

/**
 * A neuron as it acts on the one looked at: by −φ(z)·V, as in Eq. 15.
 *
 * @param strength its V onto the one looked at: positive holds that one down, negative excites it
 */
export function contestant(index: number, activity: number, strength: number): Contestant {
  return { index, activity, pull: strength === 0 ? 0 : -activity * strength };
}

/** How the contest stands for the neuron looked at. */
export interface Verdict {
  /** Whether it is the most active, held down while active or silent, or nobody is active. */
  readonly standing: 'wins' | 'held' | 'silent' | 'nobody';
  readonly winner: Contestant | null;
  /** What its own synapse gives it, and what all others take from it (≤ 0). */
  readonly own: number;
  readonly others: number;
}

/** Who wins among neurons that compete, and how neuron `index` fares. */
export function verdictOf(contestants: readonly Contestant[], index: number): Verdict {
  let winner: Contestant | null = null;
  let own = 0;
  let others = 0;
  let mine = 0;
  for (const one of contestants) {
    if (one.activity > Math.max(ACTIVE, winner?.activity ?? 0)) winner = one;
    if (one.index === index) [own, mine] = [one.pull, one.activity];
    else others += one.pull;
  }
  const standing =
    winner === null
      ? 'nobody'
      : winner.index === index
        ? 'wins'
        : mine > ACTIVE
          ? 'held'
          : 'silent';
  return { standing, winner, own, others };
}

export interface ContestStyle {
  /** The bars, which are activity. */
  readonly state: string;
  /** The arcs, which are competition. */
  readonly side: string;
  readonly soft: string;
  readonly ink: string;
  readonly line: string;
  readonly font: string;
  readonly fontSize: number;
}

/** Share of the height that is for the bars; the arcs and the names lie below. */
const BARS = 0.56;
/** Bars are this part of their place. */
const BAR = 0.68;
const WIDEST = 4;

/** The places of the bars, side by side. */
function placesOf(count: number, width: number) {
  return scaleBand(range(count), [0, width])
    .paddingInner(1 - BAR)
    .paddingOuter((1 - BAR) / 2);
}

/** The contestant whose place is at x. */
export function contestantAt(count: number, width: number, x: number): number | null {
  const place = Math.floor((x / width) * count);
  return place >= 0 && place < count ? place : null;
}

/**
 * Paints a contest: a bar of activity for each member, and below from each active one an arc to the neuron looked at, as wide as its
 * pull is strong. A crossbar at its end: it holds down; an arrowhead: it excites.
 *
 * @param limits the activity of a full bar, and the pull of the widest arc
 */
export function paintColumnContest(
  { context, width, height }: Surface,
  contestants: readonly Contestant[],
  index: number,
  limits: { readonly activity: number; readonly pull: number },
  style: ContestStyle,
): void {
  const places = placesOf(contestants.length, width);
  const wide = places.bandwidth();
  const top = style.fontSize + 3;
  const base = height * BARS;
  const foot = height - style.fontSize - 3;
  const length = scaleLinear([0, limits.activity || 1], [0, base - top]).clamp(true);
  const left = (place: number) => places(place) ?? 0;
  const middle = (place: number) => left(place) + wide / 2;
  const target = contestants.findIndex((one) => one.index === index);
  context.font = `${Math.min(style.fontSize, places.step() * 0.55)}px ${style.font}`;
  context.textAlign = 'center';
  contestants.forEach((one, place) => {
    const known = Number.isFinite(one.activity);
    const high = known ? length(Math.abs(one.activity)) : base - top;
    const box = { x: left(place), y: base - high, width: wide, height: high };
    context.fillStyle = style.state;
    context.globalAlpha = place === target || !known ? 1 : 0.42;
    if (known) context.fillRect(box.x, box.y, box.width, box.height);
    else hatchUnknown(context, box);
    context.globalAlpha = 1;
    context.textBaseline = 'bottom';
    context.fillStyle = place === target ? style.ink : style.soft;
    context.fillText(String(one.index), middle(place), height);
  });
  context.fillStyle = style.line;
  context.fillRect(0, Math.round(base), width, 1);
  if (target < 0) return;
  // Arcs end beside the middle; further out where the loop is.
  const aside = contestants[target]!.pull === 0 ? 4 : 11;
  contestants.forEach((one, place) => {
    const strength = Math.abs(one.pull) / (limits.pull || 1);
    // A pull that is not finite is seen at the bar it comes from.
    if (!(strength >= 0.01 && Number.isFinite(strength))) return;
    const thick = Math.max(1, Math.min(1, strength) * WIDEST);
    context.strokeStyle = style.side;
    context.fillStyle = style.side;
    context.lineWidth = thick;
    if (place === target) paintLoop(context, middle(target), base + 3, foot, thick, one.pull);
    else
      paintArc(
        context,
        middle(place),
        middle(target) + (place < target ? -aside : aside),
        base + 3,
        foot,
        thick,
        one.pull,
      );
  });
}

/** An arc under the bars, from a member to the neuron looked at. */
function paintArc(
  context: CanvasRenderingContext2D,
  from: number,
  end: number,
  top: number,
  foot: number,
  wide: number,
  pull: number,
): void {
  const room = foot - top - wide / 2;
  const depth = Math.min(room, 8 + Math.abs(from - end) * 0.4);
  context.beginPath();
  context.moveTo(from, top);
  context.bezierCurveTo(from, top + depth * 1.25, end, top + depth * 1.25, end, top + 3);
  context.stroke();
  paintEnd(context, end, top + 2, pull);
}

/** A loop from the neuron looked at back to itself. */
function paintLoop(
  context: CanvasRenderingContext2D,
  x: number,
  top: number,
  foot: number,
  wide: number,
  pull: number,
): void {
  const depth = foot - top - wide / 2;
  context.beginPath();
  context.moveTo(x + 3, top);
  context.bezierCurveTo(x + 10, top + depth, x - 10, top + depth, x - 3, top + 6);
  context.stroke();
  paintEnd(context, x - 3, top + 3, pull);
}

/** A crossbar (holds down) or an arrowhead (excites), pointing up. */
function paintEnd(context: CanvasRenderingContext2D, x: number, y: number, pull: number): void {
  if (pull < 0) {
    context.fillRect(x - 4, y - 1.5, 8, 3);
    return;
  }
  context.beginPath();
  context.moveTo(x, y - 4);
  context.lineTo(x - 4, y + 4);
  context.lineTo(x + 4, y + 4);
  context.fill();
}
