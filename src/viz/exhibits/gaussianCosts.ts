import { scaleLinear } from 'd3';
import type { TwoGaussiansShown } from '../../exhibits/list/twoGaussians.ts';
import { paintAxis } from '../axis.ts';
import type { Box } from '../columns.ts';
import type { ExhibitLook } from './exhibitPicture.ts';
import { inset } from './panes.ts';
import { widthOf, write } from './words.ts';

type Costs = Pick<TwoGaussiansShown, 'entropy' | 'crossEntropy' | 'divergence'>;

interface Bar {
  readonly name: string;
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly colour: string;
}

/** The three costs as bars on one axis in nats: the divergence begins where the entropy ends, and ends where the cross entropy does. */
export function paintCosts(
  context: CanvasRenderingContext2D,
  box: Box,
  { entropy, crossEntropy, divergence }: Costs,
  look: ExhibitLook,
  lit: string | null,
): void {
  const { type, colours } = look;
  const labels = 4.6 * type;
  const inner = inset(box, { left: labels + type, right: type, bottom: 3.2 * type });
  const { x, y, width, height } = inner;
  const nats = scaleLinear()
    .domain([Math.min(0, entropy), Math.max(3, 1.12 * crossEntropy)])
    .nice(5)
    .range([x, x + width]);
  const ticks = nats.ticks(Math.max(2, Math.floor(width / (8 * type))));
  context.font = `${type}px ${look.font}`;
  const area = { left: x, right: x + width, top: y, bottom: y + height };
  paintAxis(context, area, { side: 'bottom', scale: nats, lines: ticks, ticks, gap: 6 }, { line: colours.faint, soft: colours.soft }); // prettier-ignore
  write(context, look, 'cost, nats', [x + width, box.y + box.height - 3], { colour: colours.soft, align: 'right' }); // prettier-ignore
  const bars: readonly Bar[] = [
    { name: 'crossEntropy', label: 'H(p, q)', from: 0, to: crossEntropy, colour: colours.down },
    { name: 'entropy', label: 'H(p)', from: 0, to: entropy, colour: colours.soft },
    { name: 'divergence', label: 'KL(p ‖ q)', from: entropy, to: entropy + divergence, colour: colours.up }, // prettier-ignore
  ];
  const pitch = height / bars.length;
  bars.forEach(({ name, label, from, to, colour }, i) => {
    const [left, right] = [nats(Math.min(from, to)), nats(Math.max(from, to))];
    const middle = y + (i + 0.5) * pitch;
    const thick = Math.min(0.72 * pitch, 22);
    context.globalAlpha = lit === null || lit === name ? 1 : 0.25;
    context.fillStyle = colour;
    context.fillRect(left, middle - thick / 2, Math.max(1.5, right - left), thick);
    const inked = { colour: colours.ink, baseline: 'middle', bold: lit === name } as const;
    write(context, look, label, [x - 8, middle], { ...inked, align: 'right' });
    const value = (to - from).toFixed(2).replace('-', '−');
    const room = x + width - right;
    // Behind its bar, or before it where the bar ends at the edge.
    if (widthOf(context, look, value) + 8 < room)
      write(context, look, value, [right + 6, middle], inked);
    else write(context, look, value, [left - 6, middle], { ...inked, align: 'right' });
  });
  context.globalAlpha = 1;
  context.fillStyle = colours.soft;
  context.fillRect(nats(0) - 0.5, y, 1, height);
} // prettier-ignore
