import { extent } from 'd3';
import type { LandscapeShown, PlaneShown } from '../../exhibits/list/landscape.ts';
import { landscapeExhibit } from '../../exhibits/list/landscape.ts';
import { inReach } from '../../exhibits/reach.ts';
import { scratchCanvas } from '../canvas.ts';
import type { ColourMap } from '../colour.ts';
import { cssOf, LEVELS } from '../colour.ts';
import type { Box } from '../columns.ts';
import { paintDot } from '../lines.ts';
import type { ExhibitLook, ExhibitPicture } from './exhibitPicture.ts';
import { inset, panes } from './panes.ts';
import type { Plot } from './plot.ts';
import { paintPlot, paintValues } from './plot.ts';
import { fitting, widthOf, write } from './words.ts';

type Context = CanvasRenderingContext2D;
type Size = Parameters<typeof panes>[0];

/** Both planes, and the strip below them that says what the ground's colour means. */
const boxes = ({ width, height, type }: Size & { readonly type: number }) =>
  panes({ width, height: height - 2 * type }, [1, 1], 20) as [Box, Box];

/** Both planes of a miniature, beside each other. */
function smallBoxes({ width, height }: Size): [Box, Box] {
  const side = Math.min((width - 8) / 2, height);
  const y = (height - side) / 2;
  return [
    { x: width / 2 - side - 4, y, width: side, height: side },
    { x: width / 2 + 4, y, width: side, height: side },
  ];
}

/** Both planes, by the word of the equation that lights them. */
const PLANES = ['backprop', 'settled'] as const;
type Which = (typeof PLANES)[number];

const ends = ({ theta }: LandscapeShown) => ({ from: theta[0]!, to: theta.at(-1)! });

/** The largest square of a box, words included. */
function square({ x, y, width, height }: Box): Box {
  const side = Math.min(width, height);
  return { x: x + (width - side) / 2, y: y + (height - side) / 2, width: side, height: side };
}

/** The ground: darker is lower, in ratios, smooth between the points of the grid. */
function paintGround(context: Context, { area }: Plot, energy: Float32Array, map: ColourMap): void {
  const side = Math.round(Math.sqrt(energy.length));
  const level = energy.map((value) => Math.log(value + LEAST_ENERGY));
  const [low = 0, high = 1] = extent(level);
  const tile = scratchCanvas(side, side);
  const image = tile.createImageData(side, side);
  const colours = new Uint32Array(image.data.buffer);
  level.forEach((value, i) => {
    // The least θ1 is the first row, and lies at the bottom.
    const at = (side - 1 - Math.floor(i / side)) * side + (i % side);
    const share = 1 - (value - low) / (high - low || 1);
    colours[at] = shadeOf(map, share);
  });
  tile.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  // Half a cell at each edge stands for what lies beyond the grid's outermost points.
  const cell = (area.right - area.left) / (side - 1);
  context.save();
  context.beginPath();
  context.rect(area.left, area.top, area.right - area.left, area.bottom - area.top);
  context.clip();
  context.drawImage(tile.canvas, 0, 0, side, side, area.left - cell / 2, area.top - cell / 2, side * cell, side * cell); // prettier-ignore
  context.restore();
}

/** Energies are told apart down to this; and only the lighter part of the map is used, for arrows to be seen on it. */
const LEAST_ENERGY = 1e-3;
const SHADE = 0.55;

/** The colour of a share of the way from the highest to the lowest energy. */
const shadeOf = (map: ColourMap, share: number) =>
  map.packed[Math.round(share * SHADE * (LEVELS - 1))]!;

/** What the ground's colours mean: each plane from its own lowest energy to its highest. */
function paintScale(context: Context, { width, height }: Size, look: ExhibitLook): void {
  const { type, colours, palette } = look;
  const bar = { x: 0, y: height - 1.4 * type, width: Math.min(140, width / 3), height: type };
  for (let i = 0; i < bar.width; i++) {
    context.fillStyle = cssOf(shadeOf(palette.activity, 1 - i / bar.width));
    context.fillRect(bar.x + i, bar.y, 1.5, bar.height);
  }
  const words = fitting(context, look, [
    'lowest to highest energy, in ratios; arrows: where learning goes',
    'lowest to highest energy, in ratios',
    'low to high energy',
  ], width - bar.width - 8); // prettier-ignore
  write(context, look, words, [bar.x + bar.width + 8, height - 0.5 * type], { colour: colours.soft }); // prettier-ignore
}

/** Every second point has an arrow of one length: it says where to, not how fast. */
const EVERY = 2;

function paintArrows(
  context: Context,
  plot: Plot,
  { theta }: LandscapeShown,
  { dTheta0, dTheta1 }: PlaneShown,
  colour: string,
): void {
  const n = theta.length;
  const length = (0.7 * EVERY * (plot.area.right - plot.area.left)) / n;
  const head = length / 4;
  context.strokeStyle = colour;
  context.lineWidth = 1.2;
  context.beginPath();
  for (let row = 1; row < n; row += EVERY)
    for (let column = 1; column < n; column += EVERY) {
      const [a, b] = [dTheta0[row * n + column]!, dTheta1[row * n + column]!];
      const size = Math.hypot(a, b);
      if (!(size > 0)) continue;
      const [dx, dy] = [(a / size) * length, (-b / size) * length];
      const [x, y] = [plot.x(theta[column]!), plot.y(theta[row]!)];
      const [tipX, tipY] = [x + dx / 2, y + dy / 2];
      const [ux, uy] = [dx / length, dy / length];
      context.moveTo(x - dx / 2, y - dy / 2);
      context.lineTo(tipX, tipY);
      context.moveTo(tipX - head * (ux + uy), tipY - head * (uy - ux));
      context.lineTo(tipX, tipY);
      context.lineTo(tipX - head * (ux - uy), tipY - head * (uy + ux));
    }
  context.stroke();
}

const Y_TITLE = 'weight θ₁';
/** Three digits at most: 1, 5.5, 12.3. */
const shortest = (k: number) => String(Number(k.toPrecision(3)));

function paintPlane(
  context: Context,
  box: Box,
  shown: LandscapeShown,
  of: Which,
  look: ExhibitLook,
  { lit, isSmall }: { readonly lit: string | null; readonly isSmall: boolean },
): void {
  const { colours, palette } = look;
  const plane = shown[of];
  const within = isSmall ? box : square(box);
  const plot = paintPlot(
    context,
    within,
    { x: { title: 'weight θ₀', ...ends(shown) }, y: { title: Y_TITLE, ...ends(shown) } },
    look,
    isSmall,
  );
  paintGround(context, plot, plane.energy, palette.activity);
  if (!isSmall) paintArrows(context, plot, shown, plane, lit === of ? colours.up : colours.soft);
  const [along, up] = [plane.path.map(([a]) => a), plane.path.map(([, b]) => b)];
  paintValues(context, plot, along, up, { colour: colours.learn, dash: [], width: isSmall ? 2 : 3 }); // prettier-ignore
  const [x, y] = [plot.x(along.at(-1)!), plot.y(up.at(-1)!)];
  paintDot(context, [x, y], colours.ink, isSmall ? 4 : 8, y);
  if (isSmall) return;
  const names: [string, ...string[]] = of === 'settled' ? [`predictive coding, k = ${shortest(shown.k)}`, `settled, k = ${shortest(shown.k)}`] : ['backpropagation']; // prettier-ignore
  const room = plot.area.right - within.x - widthOf(context, look, Y_TITLE) - look.type;
  const name = fitting(context, look, names, room, { bold: true });
  write(context, look, name, [plot.area.right, within.y + look.type], { colour: lit === of || (lit === 'k' && of === 'settled') ? colours.up : colours.ink, bold: true, align: 'right' }); // prettier-ignore
}

/** Where a plane's plot lies, as plot.ts lays it out. */
function plotOf(box: Box, type: number): Box {
  return inset(square(box), { left: 3.4 * type, right: type, top: 1.8 * type, bottom: 3.2 * type }); // prettier-ignore
}

export const landscapePicture: ExhibitPicture<LandscapeShown> = {
  paint(surface, shown, { look, lit, isSmall }) {
    const both = isSmall ? smallBoxes(surface) : boxes({ ...surface, type: look.type });
    if (!isSmall) paintScale(surface.context, surface, look);
    PLANES.forEach((of, i) =>
      paintPlane(surface.context, both[i]!, shown, of, look, { lit, isSmall }),
    );
  },
  grab(at, size, shown) {
    const hit = boxes(size)
      .map((box) => plotOf(box, size.type))
      .find(({ x, y, width, height }) => at.x >= x && at.x <= x + width && at.y >= y && at.y <= y + height); // prettier-ignore
    if (!hit) return null;
    const { from, to } = ends(shown);
    const { controls } = landscapeExhibit;
    return {
      cursor: 'crosshair',
      move: ({ x, y }) => ({
        kind: 'values',
        values: {
          theta0: inReach(controls, 'theta0', from + ((x - hit.x) / hit.width) * (to - from)),
          theta1: inReach(controls, 'theta1', to - ((y - hit.y) / hit.height) * (to - from)),
        },
      }),
    };
  },
  describe: (shown) => {
    const where = (of: Which) => shown[of].path.at(-1)!.map((at) => at.toFixed(2)).join(', '); // prettier-ignore
    return `The energy over two weights, for backpropagation and for predictive coding with an output variance of ${shown.k}; the balls lie at ${where('backprop')} and ${where('settled')}.`;
  },
};
