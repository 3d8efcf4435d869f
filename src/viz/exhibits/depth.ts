import type { DepthShown } from '../../exhibits/list/depth.ts';
import { numberOf } from '../../exhibits/values.ts';
import { paintAxis } from '../axis.ts';
import type { Surface } from '../canvas.ts';
import { snap } from '../canvas.ts';
import { colourOf, cssOf } from '../colour.ts';
import type { Box } from '../columns.ts';
import { formatNumber } from '../scales.ts';
import { paintScale } from './cells.ts';
import { subscript } from './energies.ts';
import { lightOf } from './lights.ts';
import type { ExhibitLook, ExhibitPicture, PictureSize } from './exhibitPicture.ts';
import { inset } from './panes.ts';
import { powerOfTen } from './plot.ts';
import { GAUGE_HEIGHT, paintRateGauge, rateGrab } from './rateGauge.ts';
import { write } from './words.ts';

/** Energies from 10^FROM to 10^TO nats have colours of their own. */
const [FROM, TO] = [-16, 1];

/** Where the gauge, the map, the bars of now and the scale lie. */
function layoutOf({ width, height, type }: PictureSize, isSmall: boolean) {
  const all = { x: 0, y: 0, width, height };
  if (isSmall) return { map: inset(all, { left: 2, right: 2, top: 2, bottom: 2 }), rest: null };
  const bars = Math.max(5.5 * type, 0.14 * width);
  const gauge = { ...all, width: width - type, height: GAUGE_HEIGHT * type };
  const map = inset(all, { left: 2.6 * type, right: bars + type, top: gauge.height + 2.2 * type, bottom: 4.6 * type }); // prettier-ignore
  return {
    map,
    rest: {
      gauge,
      bars: { ...map, x: map.x + map.width + type, width: bars - type },
      scale: {
        x: map.x,
        y: height - 1.6 * type,
        width: Math.min(map.width, 24 * type),
        height: 1.3 * type,
      },
    },
  };
}

/** How much of the scale an energy has climbed, 0 … 1. */
const shareOf = (energy: number) =>
  Math.min(1, Math.max(0, (Math.log10(energy) - FROM) / (TO - FROM)));

export const depthPicture: ExhibitPicture<DepthShown> = {
  paint(surface, shown, { look, values, lit, isSmall }) {
    const { map, rest } = layoutOf({ ...surface, type: look.type }, isSmall);
    const { context } = surface;
    context.globalAlpha = lightOf(lit, 'energies', 'front');
    paintMap(surface, map, shown, look);
    context.globalAlpha = 1;
    paintFront(context, map, shown, look, lit === 'front');
    if (!rest) return;
    paintWords(context, map, shown, look);
    paintBars(context, rest.bars, shown, look);
    paintRateGauge(
      context,
      rest.gauge,
      { rate: numberOf(values, 'rate'), bound: shown.bound },
      look,
    );
    const { palette } = look;
    paintScale(context, rest.scale, {
      colourAt: (share) => cssOf(colourOf(share, { low: -1, high: 1 }, palette.signed)),
      ends: [`F ≤ ${powerOfTen(10 ** FROM)}`, `${powerOfTen(10 ** TO)} nats`],
    }, look); // prettier-ignore
  },
  grab: (at, size) => rateGrab(at, layoutOf(size, false).rest?.gauge),
  describe({ layers, energies, step, bound }, values) {
    const [first, last] = [energies[step * layers]!, energies[step * layers + layers - 1]!];
    return `The energies of ${layers} layers over ${step} settling steps: the first layer has ${formatNumber(first)} nats, the last ${formatNumber(last)}; rate ${numberOf(values, 'rate')}, stable below ${formatNumber(bound, 2)}.`;
  },
};

/** The top of the row of a layer; the last layer is on top. */
const topOf = ({ y, height }: Box, layers: number, layer: number) => y + ((layers - layer) / layers) * height; // prettier-ignore

function paintMap({ context, ratio }: Surface, map: Box, { layers, energies, step, steps }: DepthShown, { palette, colours }: ExhibitLook): void {
  context.fillStyle = colours.raised;
  context.fillRect(map.x, map.y, map.width, map.height);
  const wide = map.width / (steps + 1);
  const gap = wide >= 5 ? 1 : 0;
  for (let t = 0; t <= step; t++)
    for (let layer = 1; layer <= layers; layer++) {
      const energy = energies[t * layers + layer - 1]!;
      // Nothing at all has no colour: it is not little, it is exactly 0.
      if (energy === 0) continue;
      const [left, right] = [snap(map.x + t * wide, ratio), snap(map.x + (t + 1) * wide, ratio)];
      const [top, bottom] = [snap(topOf(map, layers, layer), ratio), snap(topOf(map, layers, layer - 1), ratio)];
      context.fillStyle = cssOf(colourOf(shareOf(energy), { low: -1, high: 1 }, palette.signed));
      context.fillRect(left, top, right - left - gap, bottom - top - 1);
    }
} // prettier-ignore

/** The line that no error can be beyond: a layer a step. */
function paintFront(context: CanvasRenderingContext2D, map: Box, { layers, steps }: DepthShown, { colours }: ExhibitLook, isLit: boolean): void {
  const wide = map.width / (steps + 1);
  context.strokeStyle = colours.ink;
  context.lineWidth = isLit ? 2.5 : 1.2;
  context.setLineDash([4, 3]);
  context.beginPath();
  context.moveTo(map.x, topOf(map, layers, layers - 1));
  for (let t = 1; t < layers; t++) {
    context.lineTo(map.x + t * wide, topOf(map, layers, layers - t));
    context.lineTo(map.x + t * wide, topOf(map, layers, layers - t - 1));
  }
  context.lineTo(map.x + layers * wide, topOf(map, layers, 0));
  context.stroke();
  context.setLineDash([]);
} // prettier-ignore

function paintWords(context: CanvasRenderingContext2D, map: Box, { layers, steps }: DepthShown, look: ExhibitLook): void {
  const { colours, type } = look;
  const area = { left: map.x, right: map.x + map.width, top: map.y, bottom: map.y + map.height };
  const wide = map.width / (steps + 1);
  const high = map.height / layers;
  const every = Math.ceil((1.5 * type) / high);
  const named = Array.from({ length: layers }, (_, i) => i + 1).filter((layer) => (layer - 1) % every === 0); // prettier-ignore
  context.font = `${Math.max(11, 0.92 * type)}px ${look.font}`;
  const style = { line: colours.line, soft: colours.soft };
  paintAxis(context, area, { side: 'left', scale: (layer) => topOf(map, layers, layer) + high / 2, ticks: named }, style); // prettier-ignore
  paintAxis(context, area, { side: 'bottom', scale: (t) => map.x + (t + 0.5) * wide, ticks: [0, 10, 20, 30, 40, 50, 60].filter((t) => t <= steps) }, style); // prettier-ignore
  write(context, look, 'layer', [0, map.y - 0.6 * type], { colour: colours.soft });
  write(context, look, 'settling steps', [area.right, area.bottom + 2.5 * type], { colour: colours.soft, align: 'right' }); // prettier-ignore
} // prettier-ignore

/** How much energy each layer has now, in ratios. */
function paintBars(context: CanvasRenderingContext2D, bars: Box, { layers, energies, step }: DepthShown, look: ExhibitLook): void {
  const { colours, type } = look;
  const high = bars.height / layers;
  const isRoomy = high >= 1.4 * type;
  write(context, look, 'F now, nats', [bars.x, bars.y - 0.6 * type], { colour: colours.soft });
  for (let layer = 1; layer <= layers; layer++) {
    const energy = energies[step * layers + layer - 1]!;
    const top = topOf(bars, layers, layer);
    context.fillStyle = colours.up;
    context.globalAlpha = isRoomy ? 0.3 : 0.85;
    context.fillRect(bars.x, top, energy > 0 ? shareOf(energy) * bars.width : 0, high - 1);
    context.globalAlpha = 1;
    if (isRoomy || layer === 1 || layer === layers)
      write(context, look, isRoomy ? formatNumber(energy) : `F${subscript(layer)} ${formatNumber(energy)}`, [bars.x + 4, top + high / 2], { colour: colours.ink, baseline: 'middle' }); // prettier-ignore
  }
} // prettier-ignore
