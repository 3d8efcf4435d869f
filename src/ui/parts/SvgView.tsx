import { createElement } from 'react';
import type { ReactNode } from 'react';
import type { SvgNode } from '../../viz/lab/svg.ts';

/** The names that React has for attributes: "text-anchor" is textAnchor. */
const named = (name: string) =>
  name.startsWith('aria-')
    ? name
    : name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

function element({ tag, attributes, children }: SvgNode, key: number): ReactNode {
  const { style, ...rest } = attributes;
  const properties = Object.fromEntries(Object.entries(rest).map(([name, value]) => [named(name), value])); // prettier-ignore
  // The only style that pictures have.
  const sharp = style === undefined ? {} : { style: { imageRendering: 'pixelated' as const } };
  const inner = children.map((child, i) => (typeof child === 'string' ? child : element(child, i)));
  return createElement(tag, { key, ...properties, ...sharp }, ...inner);
}

/** A picture that a pure function has drawn, as elements of the page. */
export function SvgView({ picture }: { picture: SvgNode }) {
  return element(picture, 0);
}
