import type { SvgNode } from '../../viz/lab/svg.ts';

/** What style sheets may say about an SVG element: it is written beside the element, so that it needs no style sheet. */
const STYLED = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray'],
  ...['stroke-linecap', 'stroke-linejoin', 'opacity', 'text-anchor', 'dominant-baseline'],
  ...['font-family', 'font-size', 'font-weight', 'font-style', 'paint-order'],
] as const;

/** An SVG element of the page as a piece of SVG that looks the same anywhere; null where it is not to be seen. */
export function svgOf(element: SVGElement): SvgNode | null {
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.visibility === 'hidden') return null;
  const attributes: Record<string, string> = {};
  for (const { name, value } of element.attributes)
    if (!/^(class|style|on.*|data-.*|aria-.*|role|tabindex)$/.test(name)) attributes[name] = value;
  for (const name of STYLED) attributes[name] = style.getPropertyValue(name);
  const children = [...element.childNodes].flatMap((child): (SvgNode | string)[] => {
    if (child instanceof Text) return [child.data];
    const node = child instanceof SVGElement ? svgOf(child) : null;
    return node ? [node] : [];
  });
  return { tag: element.tagName, attributes, children };
}

/** The whole `svg` element, of the size that it has on the page. */
export function svgPictureOf(element: SVGSVGElement): SvgNode | null {
  const node = svgOf(element);
  const { width, height } = element.getBoundingClientRect();
  const size = { xmlns: 'http://www.w3.org/2000/svg', width, height, overflow: 'visible' };
  return node && { ...node, attributes: { ...node.attributes, ...size } };
}
