import type { Surface } from './canvas.ts';

/** Room around the outermost points (CSS pixels). */
const MARGIN = 16;
const DOT = 2.2;
/** A name that would lie on another is moved so far from it (in heights of their type). */
const APART = 1.15;

/** Where the plane of a map lies on a canvas: the same scale along both axes, y upwards. */
export interface MapFrame {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

/** Fits points [N·2] into a canvas, their middle in its middle. */
export function mapFrame(points: Float32Array, width: number, height: number): MapFrame {
  const span = (axis: number) => {
    let [low, high] = [Infinity, -Infinity];
    for (let i = axis; i < points.length; i += 2) {
      low = Math.min(low, points[i]!);
      high = Math.max(high, points[i]!);
    }
    return { middle: (low + high) / 2, length: high - low };
  };
  const [x, y] = [span(0), span(1)];
  const across = (width - 2 * MARGIN) / x.length;
  const up = (height - 2 * MARGIN) / y.length;
  const fit = Math.min(across, up);
  const scale = Number.isFinite(fit) ? fit : 1;
  return {
    x: (value) => width / 2 + scale * (value - x.middle),
    y: (value) => height / 2 - scale * (value - y.middle),
  };
}

/** The point nearest to a place on the canvas, at most `within` CSS pixels away; null: none. */
export function pointAt(
  points: Float32Array,
  frame: MapFrame,
  x: number,
  y: number,
  within: number,
): number | null {
  let found: number | null = null;
  let least = within;
  for (let i = 0; 2 * i < points.length; i++) {
    const distance = Math.hypot(frame.x(points[2 * i]!) - x, frame.y(points[2 * i + 1]!) - y);
    if (distance > least) continue;
    least = distance;
    found = i;
  }
  return found;
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/**
 * The point that an arrow key leads to: of those within 45° of its direction the nearest; the same one where there is none; null for
 * other keys.
 */
export function pointByKey(points: Float32Array, from: number, key: string): number | null {
  const direction = DIRECTIONS[key];
  if (direction === undefined) return null;
  let found = from;
  let least = Infinity;
  for (let i = 0; 2 * i < points.length; i++) {
    const dx = points[2 * i]! - points[2 * from]!;
    const dy = points[2 * i + 1]! - points[2 * from + 1]!;
    const along = dx * direction[0] + dy * direction[1];
    const aside = Math.abs(dx * direction[1]) + Math.abs(dy * direction[0]);
    const distance = Math.hypot(dx, dy);
    if (along <= 0 || aside > along || distance >= least) continue;
    least = distance;
    found = i;
  }
  return found;
}

/** A class on a map. */
export interface MapClass {
  readonly label: number;
  readonly name: string;
  readonly count: number;
  /** The middle of its points, by the median along each axis. */
  readonly x: number;
  readonly y: number;
}

/** The classes of a map, those that have points on it. */
export function mapClasses(
  points: Float32Array,
  labels: Uint8Array | null,
  names: readonly string[],
): readonly MapClass[] {
  if (labels === null) return [];
  const members = new Map<number, number[]>();
  labels.forEach((label, i) => {
    const those = members.get(label);
    if (those) those.push(i);
    else members.set(label, [i]);
  });
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;
  return [...members]
    .sort(([a], [b]) => a - b)
    .map(([label, those]) => ({
      ...{ label, name: names[label] ?? String(label), count: those.length },
      x: median(those.map((i) => points[2 * i]!)),
      y: median(those.map((i) => points[2 * i + 1]!)),
    }));
}

/** How a map is painted. */
export interface MapLook {
  /** Of the classes, in their order; of points without a class `soft`. */
  readonly hues: readonly string[];
  readonly ink: string;
  readonly soft: string;
  readonly ground: string;
  readonly font: string;
  readonly fontSize: number;
}

/** The colour of a class. */
export const hueOf = ({ hues }: Pick<MapLook, 'hues'>, label: number): string =>
  hues[label % hues.length]!;

/**
 * Paints a dot an image, and the name of each class where most of its images lie.
 *
 * @param lit the class that stands out; null: all do
 * @param named whether the names stand on the map
 */
export function paintMap(
  { context }: Surface,
  { points, labels }: { readonly points: Float32Array; readonly labels: Uint8Array | null },
  classes: readonly MapClass[],
  frame: MapFrame,
  look: MapLook,
  { lit, named }: { readonly lit: number | null; readonly named: boolean },
): void {
  const groups = labels === null ? [null] : classes.map(({ label }) => label);
  // The class that stands out is painted last.
  for (const label of groups.sort((a, b) => Number(a === lit) - Number(b === lit))) {
    context.globalAlpha = lit === null || label === lit ? 0.75 : 0.12;
    context.fillStyle = label === null ? look.soft : hueOf(look, label);
    context.beginPath();
    for (let i = 0; 2 * i < points.length; i++) {
      if (labels !== null && labels[i] !== label) continue;
      const [x, y] = [frame.x(points[2 * i]!), frame.y(points[2 * i + 1]!)];
      context.moveTo(x + DOT, y);
      context.arc(x, y, DOT, 0, 2 * Math.PI);
    }
    context.fill();
  }
  context.globalAlpha = 1;
  if (!named) return;
  context.font = `700 ${look.fontSize}px ${look.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  for (const { label, name, x, y } of spread(classes, frame, look.fontSize)) {
    context.globalAlpha = lit === null || label === lit ? 1 : 0.35;
    context.lineWidth = 4;
    context.strokeStyle = look.ground;
    context.strokeText(name, x, y);
    context.fillStyle = hueOf(look, label);
    context.fillText(name, x, y);
  }
  context.globalAlpha = 1;
}

/** Where the names stand: at the middle of their class, moved up or down where two would lie on each other. */
function spread(classes: readonly MapClass[], frame: MapFrame, size: number) {
  const placed: { label: number; name: string; x: number; y: number }[] = [];
  const places = classes.map(({ label, name, x, y }) => ({ label, name, x: frame.x(x), y: frame.y(y) })); // prettier-ignore
  for (const one of places.sort((a, b) => a.y - b.y)) {
    const wide = (name: string) => (name.length * size * 0.6) / 2;
    let moved = true;
    while (moved) {
      moved = false;
      for (const other of placed) {
        const near = Math.abs(other.x - one.x) < wide(other.name) + wide(one.name) + 2;
        if (!near || Math.abs(other.y - one.y) >= size) continue;
        one.y = other.y + APART * size; // more than enough, whatever rounding does
        moved = true;
      }
    }
    placed.push(one);
  }
  return placed;
}

/** Paints rings: around the point that is looked at, and where the drawing lies, with its name. */
export function paintMarks(
  { context, width }: Surface,
  frame: MapFrame,
  look: MapLook,
  {
    at,
    drawing,
    name,
  }: {
    readonly at: readonly [number, number] | null;
    readonly drawing: readonly [number, number] | null;
    readonly name: string;
  },
): void {
  const ring = ([px, py]: readonly [number, number], radius: number) => {
    const [x, y] = [frame.x(px), frame.y(py)];
    for (const [line, colour] of [
      [5, look.ground],
      [2, look.ink],
    ] as const) {
      context.lineWidth = line;
      context.strokeStyle = colour;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.stroke();
    }
    return [x, y] as const;
  };
  if (at !== null) ring(at, 5);
  if (drawing === null) return;
  const [x, y] = ring(drawing, 8);
  context.fillStyle = look.ink;
  context.beginPath();
  context.arc(x, y, 2.5, 0, 2 * Math.PI);
  context.fill();
  context.font = `600 ${look.fontSize}px ${look.font}`;
  context.textBaseline = 'middle';
  const left = x > width / 2;
  context.textAlign = left ? 'right' : 'left';
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeStyle = look.ground;
  context.strokeText(name, x + (left ? -13 : 13), y);
  context.fillText(name, x + (left ? -13 : 13), y);
}
