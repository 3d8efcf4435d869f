/*
 * How the ten digits are written: each style is one or more pen strokes in a box of 100 × 100 (x right, y down). A
 * stroke is a row of points "x,y" that the pen passes through on a smooth curve; "!" marks a corner, where the
 * direction may break. `weight` is how often people write a digit so.
 */

export interface StrokePoint {
  readonly x: number;
  readonly y: number;
  readonly corner: boolean;
}

export interface DigitStyle {
  readonly weight: number;
  /** Width over height that looks right before jitter. */
  readonly aspect: number;
  readonly strokes: readonly (readonly StrokePoint[])[];
}

function style(weight: number, aspect: number, ...strokes: readonly string[]): DigitStyle {
  return { weight, aspect, strokes: strokes.map(parseStroke) };
}

/** The points of a stroke, in a box of 0 … 1. */
function parseStroke(text: string): StrokePoint[] {
  return text.split(' ').map((point) => {
    const [x = NaN, y = NaN] = point.replace('!', '').split(',').map(Number);
    return { x: x / 100, y: y / 100, corner: point.endsWith('!') };
  });
}

/** Points of an ellipse arc, from angle `from` to `to` in turns (0 = right, ¼ = down), about every eighth of a turn. */
function arc(cx: number, cy: number, rx: number, ry: number, from: number, to: number): string {
  const steps = Math.max(2, Math.ceil(Math.abs(to - from) * 8));
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = 2 * Math.PI * (from + ((to - from) * i) / steps);
    return `${(cx + rx * Math.cos(angle)).toFixed(1)},${(cy + ry * Math.sin(angle)).toFixed(1)}`;
  }).join(' ');
}

const zero: DigitStyle[] = [
  // Round, counter-clockwise from the top, ends meeting or a little past each other.
  style(4, 0.8, arc(50, 50, 50, 50, 0.78, -0.24)),
  // Narrow and leaning.
  style(2, 0.55, arc(50, 50, 50, 50, 0.82, -0.16)),
  // Begun at the upper right and crossed over.
  style(1, 0.85, `72,6 ${arc(48, 52, 48, 48, 0.7, -0.2)} 62,2`),
];

const one: DigitStyle[] = [
  style(7, 0.12, '60,0 52,50 42,100'),
  style(2, 0.35, '5,26 40,12 62,0! 60,50 58,100'),
  style(1, 0.55, '12,22 36,10 52,0! 51,50 50,97', '8,98 50,97 95,96'),
];

const two: DigitStyle[] = [
  // Round top, sharp turn, flat foot.
  style(3, 0.75, '6,22 22,5 50,0 78,8 86,28 72,52 42,78 6,98! 50,96 100,95'),
  // A loop at the lower left and a wave out of it.
  style(3, 0.85, '10,16 32,1 60,4 74,24 64,52 38,82 16,97 2,88 12,74 34,78 60,92 100,90'),
  // Like a Z with a rounded shoulder.
  style(1, 0.7, '4,10 40,2 84,10 70,40 8,96! 50,98 96,90'),
];

const three: DigitStyle[] = [
  style(4, 0.65, '6,12 36,0 74,6 84,24 64,42 30,48! 72,54 92,74 74,94 36,100 2,88'),
  // A flat top, then one belly.
  style(1, 0.7, '6,3 45,2 90,0! 62,22 38,40! 76,46 94,70 72,95 30,100 2,88'),
  // A small loop at the waist.
  style(1.5, 0.7, '8,10 40,0 76,8 78,28 50,46 34,50 38,42 66,50 88,72 66,96 30,100 4,90'),
];

const four: DigitStyle[] = [
  // Open: an L and a stem.
  style(4, 0.75, '16,2 6,30 6,52! 40,55 86,50', '84,0 78,45 70,100'),
  // Open with a rounded bowl, in one sweep up to the stem.
  style(2, 0.65, '10,6 2,34 14,52 50,50 84,34', '92,0 84,40 76,100'),
  // Closed: the triangle of printed fours.
  style(2, 0.75, '70,0! 36,34 2,66! 50,66 100,64', '70,0 69,50 68,100'),
];

const five: DigitStyle[] = [
  // Down, belly, then the hat.
  style(3, 0.7, '24,4 20,24 16,44! 50,38 80,54 80,80 48,99 4,92', '24,4 58,3 96,0'),
  // In one stroke from the right.
  style(2, 0.75, '98,2 60,4 30,6! 22,24 20,42! 54,42 76,58 70,84 40,99 2,92'),
  // Hurried, nearly an S.
  style(1, 0.8, '100,0 56,6 36,22 42,42 66,56 72,78 46,98 2,94'),
];

const six: DigitStyle[] = [
  style(4, 0.65, '76,0 38,22 10,56 10,84 40,100 78,90 88,68 66,52 34,60 12,80'),
  // A straight back and a small loop.
  style(2, 0.5, '50,0 20,40 6,76 24,98 62,96 90,76 74,58 42,66 18,88'),
];

const seven: DigitStyle[] = [
  style(4, 0.7, '2,8 45,6 94,2! 70,44 44,100'),
  // A hook at the left.
  style(2, 0.75, '2,26 8,8 50,10 95,4 78,36 56,66 46,100'),
  // Crossed, as on the European continent.
  style(2, 0.75, '4,6 50,5 94,2! 66,46 38,100', '28,50 60,47 92,44'),
];

const eight: DigitStyle[] = [
  // One line, an S and back.
  style(4, 0.6, '80,10 50,0 20,10 18,28 50,46 80,66 82,88 50,100 16,90 18,68 50,48 80,26 82,10'),
  // Two rings.
  style(1, 0.6, arc(50, 24, 36, 24, 0.25, -0.77), arc(50, 74, 46, 26, 0.75, -0.27)),
  // Begun at the upper right with an open end.
  style(2, 0.65, '92,6 56,2 22,14 30,34 60,54 72,78 50,98 20,92 24,72 56,44 94,10'),
];

const nine: DigitStyle[] = [
  // A ring and a straight stem.
  style(4, 0.6, '86,14 54,0 16,12 8,34 34,48 70,36 88,12! 84,50 72,100'),
  // A ring and a curved tail.
  style(2, 0.6, '84,18 52,0 14,14 14,40 50,48 84,22 90,42 82,76 50,98 12,92'),
  // A small ring and a slanting stem, in one sweep.
  style(2, 0.5, '80,10 46,2 12,20 20,38 56,34 86,8 70,46 50,100'),
];

/** Styles of each digit. */
export const DIGIT_STYLES: readonly (readonly DigitStyle[])[] = [
  zero,
  one,
  two,
  three,
  four,
  five,
  six,
  seven,
  eight,
  nine,
];
