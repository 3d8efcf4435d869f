import type { Rng } from '../shared/rng.ts';
import { HEIGHT, PIXELS, WIDTH } from './dataset.ts';
import { DIGIT_STYLES } from './digitStrokes.ts';
import type { DigitStyle, StrokePoint } from './digitStrokes.ts';

/*
 * Writes one digit as a person might: picks a style, moves its points, leans, squeezes and bends the whole, then draws
 * it with a pen of some width. Size and place follow MNIST: fitted to a 20×20 box, centre of mass in the middle of
 * 28×28 (Y. LeCun et al., 1998).
 */

const BOX = 20;
/** Line segments between two points of a stroke. */
const STEPS = 5;
/** Spread (standard deviation) of each kind of variation. */
const JITTER = {
  point: 0.03,
  /** Tangent of the slant; handwriting leans a little to the right. */
  slantMean: 0.16,
  slant: 0.17,
  rotation: 0.08,
  logAspect: 0.15,
  /** Smooth bending of the whole digit. */
  bend: 0.045,
  /** Pen width in pixels: exp of a normal about log(width). */
  width: 2.55,
  logWidth: 0.22,
  /** How much the width changes along a digit. */
  pressure: 0.12,
} as const;

/** A normal number without the far tails: nobody writes a 1 lying down. */
function spread(rng: Rng): number {
  return Math.min(2, Math.max(-2, rng.normal()));
}

/** x0, y0, x1, y1 and half the pen's width of every line segment. */
type Segments = Float64Array;
const FIELDS = 5;

/**
 * Draws digit `label` (0 … 9) into `pixels` (784 bytes, row-major, zero before), antialiased, 255 = full ink.
 * Uses only `rng`, so the same state draws the same picture.
 */
export function writeDigit(label: number, rng: Rng, pixels: Uint8Array): void {
  const style = pickStyle(DIGIT_STYLES[label]!, rng);
  const segments = place(trace(style, rng), rng);
  ink(segments, pixels);
}

function pickStyle(styles: readonly DigitStyle[], rng: Rng): DigitStyle {
  let left = rng.uniform() * styles.reduce((sum, style) => sum + style.weight, 0);
  return styles.find((style) => (left -= style.weight) < 0) ?? styles[0]!;
}

/** The strokes as polylines in a box about as high as 1, after all changes of shape. */
function trace(style: DigitStyle, rng: Rng): Float64Array[] {
  const slant = JITTER.slantMean + JITTER.slant * spread(rng);
  const angle = JITTER.rotation * spread(rng);
  const aspect = style.aspect * Math.exp(JITTER.logAspect * spread(rng));
  // The bend: one slow sine in each direction, of random strength and phase.
  const bend = [0, 1].map(() => ({
    strength: JITTER.bend * spread(rng),
    turns: 2 + 3 * rng.uniform(),
    phase: 2 * Math.PI * rng.uniform(),
  }));
  const [bendX, bendY] = [bend[0]!, bend[1]!];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return style.strokes.map((stroke) => {
    const moved = stroke.map(({ x, y, corner }): StrokePoint => ({
      x: x + JITTER.point * rng.normal(),
      y: y + JITTER.point * rng.normal(),
      corner,
    }));
    const line = smooth(moved);
    for (let i = 0; i < line.length; i += 2) {
      const y0 = line[i + 1]! - 0.5;
      const x0 = (line[i]! - 0.5) * aspect - slant * y0;
      const x = x0 + bendX.strength * Math.sin(bendX.turns * y0 + bendX.phase);
      const y = y0 + bendY.strength * Math.sin(bendY.turns * x0 + bendY.phase);
      line[i] = cos * x - sin * y;
      line[i + 1] = sin * x + cos * y;
    }
    return line;
  });
}

/** x, y of points along the stroke: a Catmull–Rom spline through its points, broken at corners. */
function smooth(points: readonly StrokePoint[]): Float64Array {
  const line = new Float64Array(2 * ((points.length - 1) * STEPS + 1));
  let at = 0;
  for (let i = 0; i + 1 < points.length; i++) {
    const p1 = points[i]!;
    const p2 = points[i + 1]!;
    // At an end or a corner the missing neighbour is the point itself, which lets the curve leave straight.
    const p0 = i === 0 || p1.corner ? p1 : points[i - 1]!;
    const p3 = i + 2 === points.length || p2.corner ? p2 : points[i + 2]!;
    for (let s = 0; s < STEPS; s++) {
      line[at++] = catmullRom(p0.x, p1.x, p2.x, p3.x, s / STEPS);
      line[at++] = catmullRom(p0.y, p1.y, p2.y, p3.y, s / STEPS);
    }
  }
  const last = points[points.length - 1]!;
  line[at] = last.x;
  line[at + 1] = last.y;
  return line;
}

/** From b (t = 0) to c (t = 1), with the slope at each given by its neighbours. */
function catmullRom(a: number, b: number, c: number, d: number, t: number): number {
  const square = 2 * a - 5 * b + 4 * c - d;
  const cube = 3 * b - a - 3 * c + d;
  return b + 0.5 * t * (c - a + t * (square + t * cube));
}

/** Fits the polylines to MNIST's box, gives them a pen width and puts their centre of mass in the middle. */
function place(lines: readonly Float64Array[], rng: Rng): Segments {
  const width = JITTER.width * Math.exp(JITTER.logWidth * spread(rng));
  const pressure = { strength: JITTER.pressure * rng.normal(), phase: 2 * Math.PI * rng.uniform() };
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const line of lines)
    for (let i = 0; i < line.length; i += 2) {
      left = Math.min(left, line[i]!);
      right = Math.max(right, line[i]!);
      top = Math.min(top, line[i + 1]!);
      bottom = Math.max(bottom, line[i + 1]!);
    }
  const scale = (BOX - width) / Math.max(right - left, bottom - top);

  const count = lines.reduce((sum, line) => sum + line.length / 2 - 1, 0);
  const segments = new Float64Array(count * FIELDS);
  let [mass, massX, massY, at] = [0, 0, 0, 0];
  for (const line of lines)
    for (let i = 0; i + 2 < line.length; i += 2) {
      const x0 = line[i]!;
      const y0 = line[i + 1]!;
      const x1 = line[i + 2]!;
      const y1 = line[i + 3]!;
      const half = (width / 2) * (1 + pressure.strength * Math.sin(4 * (y0 + y1) + pressure.phase));
      const weight = Math.hypot(x1 - x0, y1 - y0) * half;
      mass += weight;
      massX += (weight * (x0 + x1)) / 2;
      massY += (weight * (y0 + y1)) / 2;
      segments.set([x0, y0, x1, y1, half], at);
      at += FIELDS;
    }
  const shiftX = WIDTH / 2 - (scale * massX) / mass;
  const shiftY = HEIGHT / 2 - (scale * massY) / mass;
  for (let s = 0; s < segments.length; s += FIELDS) {
    segments[s] = segments[s]! * scale + shiftX;
    segments[s + 1] = segments[s + 1]! * scale + shiftY;
    segments[s + 2] = segments[s + 2]! * scale + shiftX;
    segments[s + 3] = segments[s + 3]! * scale + shiftY;
  }
  return segments;
}

/** Draws round-ended segments: a pixel's ink falls from full to none over one pixel about the pen's edge. */
function ink(segments: Segments, pixels: Uint8Array): void {
  const depth = scratch.fill(0);
  for (let s = 0; s < segments.length; s += FIELDS) {
    const x0 = segments[s]!;
    const y0 = segments[s + 1]!;
    const x1 = segments[s + 2]!;
    const y1 = segments[s + 3]!;
    const half = segments[s + 4]!;
    const reach = half + 0.5;
    const dx = x1 - x0;
    const dy = y1 - y0;
    const lengthSquared = dx * dx + dy * dy || 1;
    // Pixel p covers p … p + 1, its centre lies at p + ½.
    const fromX = Math.max(0, Math.ceil(Math.min(x0, x1) - reach - 0.5));
    const toX = Math.min(WIDTH - 1, Math.floor(Math.max(x0, x1) + reach - 0.5));
    const fromY = Math.max(0, Math.ceil(Math.min(y0, y1) - reach - 0.5));
    const toY = Math.min(HEIGHT - 1, Math.floor(Math.max(y0, y1) + reach - 0.5));
    for (let py = fromY; py <= toY; py++)
      for (let px = fromX; px <= toX; px++) {
        const ax = px + 0.5 - x0;
        const ay = py + 0.5 - y0;
        const t = Math.min(1, Math.max(0, (ax * dx + ay * dy) / lengthSquared));
        const ex = ax - t * dx;
        const ey = ay - t * dy;
        const cover = reach - Math.sqrt(ex * ex + ey * ey);
        const p = py * WIDTH + px;
        if (cover > depth[p]!) depth[p] = cover;
      }
  }
  for (let p = 0; p < PIXELS; p++) pixels[p] = Math.round(255 * Math.min(1, depth[p]!));
}

/** Reused between digits: allocating it ten thousand times would cost more than the drawing. */
const scratch = new Float64Array(PIXELS);
