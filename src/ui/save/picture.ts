import { svg, svgPicture, svgText } from '../../viz/lab/svg.ts';
import { svgContext } from '../../viz/svgContext.ts';
import { withFonts } from './fonts.ts';
import type { Sheet } from './paintElement.ts';
import { paintElement } from './paintElement.ts';
import { svgPictureOf } from './svgOf.ts';

/** How a picture that leaves the page looks around it, and what is written below it. */
export interface Framing {
  readonly title: string;
  /** What it is of: model, images, seed. */
  readonly about: string;
  readonly ground: string;
  readonly ink: string;
  readonly soft: string;
  readonly font: string;
}

/** Pixels of a PNG per CSS pixel. */
const PNG_SCALE = 2;
const MARGIN = 16;
const TITLE = 14;
const SMALL = 12;
const LINE = 1.35;

/** A canvas of its own for measuring text. */
const measuring = () => contextOf(1, 1).context;

function contextOf(width: number, height: number) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser has no 2D canvas.');
  return { canvas, context };
}

/** A text in lines that are not wider than `width`. */
function wrapped(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter((one) => one !== '')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && context.measureText(longer).width <= width) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return lines;
}

/** The size of the framed picture, and what paints it: the element, its caption below. */
function framed(element: HTMLElement, { title, about, ink, soft, font }: Framing) {
  // Also what is scrolled out of sight.
  const box = element.getBoundingClientRect();
  const height = Math.max(box.height, element.scrollHeight);
  const width = Math.max(box.width, element.scrollWidth, 240);
  const ruler = measuring();
  const titleFont = `650 ${TITLE}px ${font}`;
  const smallFont = `400 ${SMALL}px ${font}`;
  ruler.font = titleFont;
  const said = wrapped(ruler, title, width).map((text) => ({ text, font: titleFont, colour: ink, size: TITLE })); // prettier-ignore
  ruler.font = smallFont;
  said.push(...wrapped(ruler, about, width).map((text) => ({ text, font: smallFont, colour: soft, size: SMALL }))); // prettier-ignore
  const below = said.reduce((sum, { size }) => sum + LINE * size, 0);
  return {
    width: Math.ceil(width + 2 * MARGIN),
    height: Math.ceil(height + below + 2.7 * MARGIN),
    paint(sheet: Sheet) {
      const { context } = sheet;
      context.save();
      context.translate(MARGIN, MARGIN);
      paintElement(element, sheet);
      context.restore();
      let y = MARGIN + height + 0.7 * MARGIN;
      context.textAlign = 'left';
      context.textBaseline = 'middle';
      for (const { text, font: face, colour, size } of said) {
        context.font = face;
        context.fillStyle = colour;
        context.fillText(text, MARGIN, y + (LINE * size) / 2);
        y += LINE * size;
      }
    },
  };
}

/** A part of the page as an SVG file: lines and text stay lines and text, in the page's font. */
export async function svgFile(element: HTMLElement, framing: Framing): Promise<string> {
  const ruler = measuring();
  const recorder = svgContext({
    measure(text, font) {
      ruler.font = font;
      return ruler.measureText(text).width;
    },
    address(image, x, y, width, height) {
      const part = contextOf(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)));
      part.context.drawImage(image, x, y, width, height, 0, 0, width, height);
      return part.canvas.toDataURL('image/png');
    },
  });
  const { context, nodes, place } = recorder;
  const { width, height, paint } = framed(element, framing);
  paint({
    ...{ context, ratio: PNG_SCALE },
    place(picture) {
      const node = svgPictureOf(picture);
      if (node) place(node);
    },
  });
  const { title, about, ground, font } = framing;
  const named = svg('title', {}, `${title}. ${about}`);
  const picture = svgPicture({ width, height, title, ground, font }, [named, ...nodes]);
  return svgText(await withFonts(picture));
}

/** An SVG of the page as a picture that a canvas can take. */
async function loaded(picture: SVGSVGElement): Promise<HTMLImageElement | null> {
  const node = svgPictureOf(picture);
  const { width, height } = picture.getBoundingClientRect();
  if (!node || width < 1 || height < 1) return null;
  const image = new Image(width * PNG_SCALE, height * PNG_SCALE);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(node))}`;
  await image.decode();
  return image;
}

/** The same part of the page as a PNG file, two pixels for each of CSS. */
export async function pngFile(element: HTMLElement, framing: Framing): Promise<Blob> {
  const pictures = [...element.querySelectorAll('svg')];
  const images = new Map(await Promise.all(pictures.map(async (one) => [one, await loaded(one)] as const))); // prettier-ignore
  const { width, height, paint } = framed(element, framing);
  const { canvas, context } = contextOf(width * PNG_SCALE, height * PNG_SCALE);
  context.scale(PNG_SCALE, PNG_SCALE);
  context.fillStyle = framing.ground;
  context.fillRect(0, 0, width, height);
  paint({
    ...{ context, ratio: PNG_SCALE },
    place(picture) {
      const image = images.get(picture);
      const { width: across, height: down } = picture.getBoundingClientRect();
      if (image) context.drawImage(image, 0, 0, across, down);
    },
  });
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('This browser makes no PNG of it.'))),
      'image/png',
    ),
  );
}
