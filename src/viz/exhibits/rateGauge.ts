import { scaleLog } from 'd3';
import type { Box } from '../columns.ts';
import { formatNumber } from '../scales.ts';
import type { ExhibitLook, Grab, Place } from './exhibitPicture.ts';
import { fitting, write } from './words.ts';

/** The settling rate, and the one under which settling is stable. */
export interface Rates {
  readonly rate: number;
  /** 2/λmax. */
  readonly bound: number;
}

const FROM = 0.01;
const TO = 2;

/** How high a gauge is, in the size of type. */
export const GAUGE_HEIGHT = 3;

const scaleOf = ({ x, width }: Box) => scaleLog([FROM, TO], [x + 4, x + width - 4]).clamp(true);

/** The rate at a place of the gauge, as a control of rates from 0.01 to 1 takes it. */
export const rateAt = (box: Box, x: number): number =>
  Number(Math.min(1, Math.max(0.01, scaleOf(box).invert(x))).toPrecision(2));

/** Takes hold of the gauge's dot, anywhere along the gauge; null: that is not where a hand is. */
export function rateGrab(at: Place, gauge: Box | undefined): Grab | null {
  if (!gauge || at.y < gauge.y || at.y > gauge.y + gauge.height) return null;
  if (at.x < gauge.x || at.x > gauge.x + gauge.width) return null;
  return {
    cursor: 'ew-resize',
    move: ({ x }) => ({ kind: 'values', values: { rate: rateAt(gauge, x) } }),
  };
}

/** A line of rates, in ratios: red where nothing settles, a bar at the bound, a dot at the rate. */
export function paintRateGauge(
  context: CanvasRenderingContext2D,
  box: Box,
  { rate, bound }: Rates,
  look: ExhibitLook,
): void {
  const { colours, type } = look;
  const x = scaleOf(box);
  const isStable = rate < bound;
  const room = box.width;
  const says = fitting(
    context,
    look,
    [
      `rate γ ${formatNumber(rate, 2)}: ${isStable ? 'stable' : 'not stable'}, the bound 2/λmax is ${formatNumber(bound, 2)}`,
      `γ ${formatNumber(rate, 2)}, bound 2/λmax ${formatNumber(bound, 2)}`,
    ],
    room,
  );
  write(context, look, says, [box.x, box.y + type], { colour: isStable ? colours.soft : colours.warn }); // prettier-ignore
  const middle = box.y + 2.1 * type;
  const at = x(bound);
  context.fillStyle = colours.line;
  context.fillRect(box.x, middle - 2, at - box.x, 4);
  context.fillStyle = colours.warn;
  context.globalAlpha = 0.35;
  context.fillRect(at, middle - 2, box.x + box.width - at, 4);
  context.globalAlpha = 1;
  context.fillRect(at - 1, middle - 0.55 * type, 2, 1.1 * type);
  context.fillStyle = isStable ? colours.state : colours.warn;
  context.beginPath();
  context.arc(x(rate), middle, 0.42 * type, 0, 2 * Math.PI);
  context.fill();
}
