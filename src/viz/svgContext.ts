import type { SvgNode } from './lab/svg.ts';
import { svg } from './lab/svg.ts';

/** The calls of a 2D context that the painters of this folder make: what `svgContext` can write down. */
export type PaintContext = Pick<
  CanvasRenderingContext2D,
  | ('fillStyle' | 'strokeStyle' | 'lineWidth' | 'lineJoin' | 'lineCap' | 'globalAlpha' | 'font')
  | ('textAlign' | 'textBaseline' | 'imageSmoothingEnabled' | 'setLineDash' | 'measureText')
  | ('beginPath' | 'closePath' | 'moveTo' | 'lineTo' | 'bezierCurveTo' | 'arc' | 'rect')
  | ('roundRect' | 'fill' | 'stroke' | 'clip' | 'fillRect' | 'strokeRect' | 'clearRect')
  | ('fillText' | 'strokeText' | 'drawImage' | 'translate' | 'save' | 'restore')
>;

/** What writing a picture down needs of the platform. */
export interface SvgTools {
  /** How wide a text is in a font of CSS, in CSS pixels. */
  measure(text: string, font: string): number;
  /** A part of a canvas as the address of a picture that holds itself. */
  address(image: CanvasImageSource, x: number, y: number, width: number, height: number): string;
}

/** A context that writes down what is painted on it, as pieces of an SVG picture. */
export interface SvgRecorder {
  readonly context: CanvasRenderingContext2D;
  readonly nodes: readonly SvgNode[];
  /** Lays a piece of SVG where the context stands. */
  place(node: SvgNode): void;
}

const START = {
  fillStyle: '#000',
  strokeStyle: '#000',
  lineWidth: 1,
  lineJoin: 'miter',
  lineCap: 'butt',
  globalAlpha: 1,
  font: '10px sans-serif',
  textAlign: 'start',
  textBaseline: 'alphabetic',
  imageSmoothingEnabled: true,
};
const ANCHORS: Readonly<Record<string, string>> = { center: 'middle', right: 'end', end: 'end' };
/** From where a text is put to its baseline, in its size: renderers differ in `dominant-baseline`. */
const BASELINES: Readonly<Record<string, number>> = { top: 0.8, hanging: 0.8, middle: 0.35, bottom: -0.2 }; // prettier-ignore
/** A font of CSS: slant and weight, size in pixels, family. */
const FONT = /^(?:(.*?)\s+)?([\d.]+)px(?:\/\S+)?\s+(.+)$/;
const short = (value: number) => Math.round(value * 100) / 100;
let clips = 0;

/** A context whose painting becomes an SVG picture: paths, rectangles and text as such, pictures of pixels as pictures. */
export function svgContext({ measure, address }: SvgTools): SvgRecorder {
  const nodes: SvgNode[] = [];
  let now = { ...START, dash: [] as number[], x: 0, y: 0, target: nodes };
  const stack: (typeof now)[] = [];
  let path = '';
  const at = (x: number, y: number) => `${short(now.x + x)} ${short(now.y + y)}`;
  const add = (node: SvgNode) => void now.target.push(node);
  const opacity = () => (now.globalAlpha === 1 ? {} : { opacity: now.globalAlpha });
  const filled = () => ({ fill: now.fillStyle, ...opacity() });
  const stroked = () => ({
    ...{ fill: 'none', stroke: now.strokeStyle, 'stroke-width': now.lineWidth, ...opacity() },
    ...{ 'stroke-linejoin': now.lineJoin, 'stroke-linecap': now.lineCap },
    ...(now.dash.length > 0 && { 'stroke-dasharray': now.dash.join(' ') }),
  });
  const box = (x: number, y: number, width: number, height: number) => ({ x: now.x + x, y: now.y + y, width, height }); // prettier-ignore

  /** A text where the context stands, painted as `paint` says. */
  const write = (
    text: string,
    x: number,
    y: number,
    paint: ReturnType<typeof filled | typeof stroked>,
  ) => {
    const [, manner = '', size = '10', family = 'sans-serif'] = FONT.exec(now.font) ?? [];
    const weight = /\b(bold|\d{3})\b/.exec(manner)?.[0];
    const baseline = y + (BASELINES[now.textBaseline] ?? 0) * Number(size);
    const anchor = ANCHORS[now.textAlign];
    const attributes = {
      ...{ x: now.x + x, y: now.y + baseline, 'font-size': Number(size), 'font-family': family },
      ...paint,
      ...(weight !== undefined && { 'font-weight': weight }),
      ...(manner.includes('italic') && { 'font-style': 'italic' }),
      // As wide as here, whatever font the reader has instead of the page's.
      ...{ textLength: measure(text, now.font), lengthAdjust: 'spacingAndGlyphs' },
      ...(anchor && { 'text-anchor': anchor }),
    };
    add(svg('text', attributes, text));
  };

  const calls = {
    save: () => void stack.push({ ...now }),
    restore: () => void (now = stack.pop() ?? now),
    translate(x: number, y: number) {
      now.x += x;
      now.y += y;
    },
    setLineDash: (dash: number[]) => void (now.dash = [...dash]),
    measureText: (text: string) => ({ width: measure(text, now.font) }),
    beginPath: () => void (path = ''),
    closePath: () => void (path += 'Z'),
    moveTo: (x: number, y: number) => void (path += `M${at(x, y)}`),
    lineTo: (x: number, y: number) => void (path += `${path === '' ? 'M' : 'L'}${at(x, y)}`),
    bezierCurveTo: (a: number, b: number, c: number, d: number, x: number, y: number) =>
      void (path += `C${at(a, b)} ${at(c, d)} ${at(x, y)}`),
    rect: (x: number, y: number, width: number, height: number) =>
      void (path += `M${at(x, y)}h${short(width)}v${short(height)}h${short(-width)}Z`),
    roundRect(x: number, y: number, width: number, height: number, radius = 0) {
      const r = Math.max(0, Math.min(radius, width / 2, height / 2));
      const corner = (dx: number, dy: number) => `a${short(r)} ${short(r)} 0 0 1 ${short(dx)} ${short(dy)}`; // prettier-ignore
      path += `M${at(x + r, y)}h${short(width - 2 * r)}${corner(r, r)}v${short(height - 2 * r)}${corner(-r, r)}`;
      path += `h${short(2 * r - width)}${corner(-r, -r)}v${short(2 * r - height)}${corner(r, -r)}Z`;
    },
    /** In the direction of the clock, as painters make them: in two halves, for no arc of SVG can be a whole circle. */
    arc(x: number, y: number, radius: number, from: number, to: number) {
      const on = (angle: number) => at(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
      const end = Math.min(to, from + 2 * Math.PI);
      path += `${path === '' ? 'M' : 'L'}${on(from)}`;
      for (const angle of [(from + end) / 2, end])
        path += `A${short(radius)} ${short(radius)} 0 0 1 ${on(angle)}`;
    },
    fill: () => add(svg('path', { d: path, ...filled() })),
    stroke: () => add(svg('path', { d: path, ...stroked() })),
    clip() {
      const id = `clip-${++clips}`;
      const group: SvgNode[] = [];
      add(svg('clipPath', { id }, svg('path', { d: path })));
      add({ tag: 'g', attributes: { 'clip-path': `url(#${id})` }, children: group });
      now.target = group;
    },
    clearRect: () => undefined, // nothing is painted over what was written down
    fillRect: (x: number, y: number, width: number, height: number) =>
      add(svg('rect', { ...box(x, y, width, height), ...filled() })),
    strokeRect: (x: number, y: number, width: number, height: number) =>
      add(svg('rect', { ...box(x, y, width, height), ...stroked() })),
    fillText: (text: string, x: number, y: number) => write(text, x, y, filled()),
    strokeText: (text: string, x: number, y: number) => write(text, x, y, stroked()),
    drawImage(image: CanvasImageSource, ...of: number[]) {
      const [sx, sy, sw, sh, x, y, width, height] = of as [number, number, number, number, number, number, number, number]; // prettier-ignore
      const crisp = now.imageSmoothingEnabled ? {} : { style: 'image-rendering:pixelated' };
      const href = address(image, sx, sy, sw, sh);
      add(svg('image', { ...box(x, y, width, height), href, preserveAspectRatio: 'none', ...crisp, ...opacity() })); // prettier-ignore
    },
  };
  // What a painter sets is read back from `now`, so that save and restore are one copy.
  const context = Object.defineProperties(
    calls,
    Object.fromEntries(
      Object.keys(START).map((key) => [
        key,
        {
          get: () => now[key as keyof typeof START],
          set: (value: never) => void Object.assign(now, { [key]: value }),
        },
      ]),
    ),
  ) as unknown as PaintContext as CanvasRenderingContext2D;
  return {
    context,
    nodes,
    place: (node) => add(svg('g', { transform: `translate(${at(0, 0)})` }, node)),
  };
}
