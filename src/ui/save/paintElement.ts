import { interpolateRgb, piecewise } from 'd3';
import { painterOf } from '../parts/painting.tsx';

/** What a part of the page is painted on once more: a canvas of more pixels, or a context that writes SVG down. */
export interface Sheet {
  readonly context: CanvasRenderingContext2D;
  /** Its pixels per CSS pixel. */
  readonly ratio: number;
  /** Lays an SVG picture of the page where the context stands. */
  place(svg: SVGSVGElement): void;
}

/** What one presses is no part of a picture; a symbol that explains itself, or a picture that is pressed, is. */
const LEFT_OUT =
  'button:not([data-symbol], [data-pictured]), select, input, textarea, [popover], [role="tooltip"], [data-unsaved]';
/** So many strips show a ramp of colours. */
const STRIPS = 48;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const isSeen = (colour: string) => colour !== 'transparent' && !/[,/] ?0\)$/.test(colour);

/**
 * Paints an element of the page with all that is in it: canvases by what painted them, SVG as it is, text as text, and the grounds and
 * lines behind them. Its upper left corner lies where the context stands.
 */
export function paintElement(root: HTMLElement, sheet: Sheet): void {
  const { context } = sheet;
  const origin = root.getBoundingClientRect();
  const placeOf = ({ left, top, width, height }: DOMRect): Place => ({ x: left - origin.left + root.scrollLeft, y: top - origin.top + root.scrollTop, width, height }); // prettier-ignore
  const visit = (element: Element) => {
    const style = getComputedStyle(element);
    const gone = style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0';
    const spoken = style.clipPath.startsWith('inset(50%');
    if (gone || spoken || element.matches(LEFT_OUT)) return;
    const place = placeOf(element.getBoundingClientRect());
    if (element instanceof SVGSVGElement || element instanceof HTMLCanvasElement) {
      if (element instanceof HTMLCanvasElement) paintBox(context, place, style);
      context.save();
      context.translate(place.x, place.y);
      if (element instanceof SVGSVGElement) sheet.place(element);
      else {
        const { clientLeft, clientTop, clientWidth: width, clientHeight: height } = element;
        context.translate(clientLeft, clientTop);
        if (width >= 1 && height >= 1)
          painterOf(element)?.({ context, width, height, ratio: sheet.ratio });
      }
      return context.restore();
    }
    if (element !== root) paintBox(context, place, style);
    for (const child of element.childNodes)
      if (child instanceof Element) visit(child);
      else if (child instanceof Text) paintText(context, child, style, placeOf);
  };
  visit(root);
}

/** The ground of an element, and its border. */
function paintBox(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Place,
  style: CSSStyleDeclaration,
): void {
  const ramp = /^linear-gradient\(90deg, (.*)\)$/.exec(style.backgroundImage)?.[1];
  const colours = ramp?.match(/rgba?\([^)]*\)|#\w+/g) ?? [];
  if (colours.length > 1) {
    const colourAt = piecewise(interpolateRgb, colours) as (share: number) => string;
    for (let i = 0; i < STRIPS; i++) {
      context.fillStyle = colourAt(i / (STRIPS - 1));
      context.fillRect(x + (i * width) / STRIPS, y, width / STRIPS + 0.3, height);
    }
  } else if (isSeen(style.backgroundColor)) {
    context.fillStyle = style.backgroundColor;
    context.fillRect(x, y, width, height);
  }
  for (const side of ['Top', 'Right', 'Bottom', 'Left'] as const) {
    const line = parseFloat(style[`border${side}Width`]);
    const colour = style[`border${side}Color`];
    if (!(line > 0) || style[`border${side}Style`] === 'none' || !isSeen(colour)) continue;
    context.fillStyle = colour;
    if (side === 'Top' || side === 'Bottom')
      context.fillRect(x, side === 'Top' ? y : y + height - line, width, line);
    else context.fillRect(side === 'Left' ? x : x + width - line, y, line, height);
  }
}

/** Text as the page has broken it into lines. */
function paintText(
  context: CanvasRenderingContext2D,
  text: Text,
  style: CSSStyleDeclaration,
  placeOf: (box: DOMRect) => Place,
): void {
  const range = document.createRange();
  const lines: { x: number; y: number; height: number; words: string }[] = [];
  for (const { 0: word, index } of text.data.matchAll(/\S+\s*/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.trimEnd().length);
    const [box] = range.getClientRects();
    if (!box || box.width === 0) continue;
    const { x, y, height } = placeOf(box);
    const last = lines.at(-1);
    if (last && Math.abs(last.y - y) < 1) last.words += word;
    else lines.push({ x, y, height, words: word });
  }
  context.font = `${style.fontStyle === 'italic' ? 'italic ' : ''}${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.fillStyle = style.color;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const { x, y, height, words } of lines) {
    const said = style.textTransform === 'uppercase' ? words.toUpperCase() : words;
    context.fillText(said.replace(/\s+/g, ' ').trimEnd(), x, y + height / 2);
  }
}
