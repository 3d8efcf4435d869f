/** A piece of an SVG picture, as data: the page makes elements of it, a file text. */
export interface SvgNode {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (SvgNode | string)[];
}

/** A piece of an SVG picture. Attributes are called as in SVG ("text-anchor"). */
export function svg(
  tag: string,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly (SvgNode | string)[]
): SvgNode {
  return { tag, attributes, children };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/** Numbers as short as a screen needs them. */
const printed = (value: string | number) =>
  typeof value === 'number' ? String(Math.round(value * 100) / 100) : escaped(value);

/** The picture as text: a whole file where the piece is an `svg`. */
export function svgText({ tag, attributes, children }: SvgNode): string {
  const said = Object.entries(attributes).map(([name, value]) => ` ${name}="${printed(value)}"`);
  const inner = children.map((child) => (typeof child === 'string' ? escaped(child) : svgText(child))); // prettier-ignore
  return `<${tag}${said.join('')}>${inner.join('')}</${tag}>`;
}

/** The whole picture: its size, its name for those who do not see it, a ground, what is on it. */
export function svgPicture(
  { width, height, title, ground, font }: Frame,
  children: readonly SvgNode[],
): SvgNode {
  return svg(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${Math.round(width)} ${Math.round(height)}`,
      width,
      height,
      role: 'img',
      'aria-label': title,
      'font-family': font,
      'font-size': 12,
    },
    svg('rect', { width, height, fill: ground }),
    ...children,
  );
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly ground: string;
  readonly font: string;
}
