import type { SvgNode } from '../../viz/lab/svg.ts';
import { svg, svgText } from '../../viz/lab/svg.ts';

/** A font file of the page's style sheets. */
interface Face {
  readonly family: string;
  readonly weight: string;
  readonly style: string;
  /** The characters that it has: "U+0000-00FF, U+0131". */
  readonly range: string;
  readonly address: URL;
}

/** Whether a "unicode-range" of CSS has any character of a text; without one it has all. */
export function hasAny(range: string, text: string): boolean {
  if (range === '') return text !== '';
  const parts = range.split(',').map((part) => {
    const [from = '', to = from] = part.trim().replace(/^U\+/i, '').split('-');
    return [parseInt(from.replaceAll('?', '0'), 16), parseInt(to.replaceAll('?', 'F'), 16)] as const; // prettier-ignore
  });
  return Array.from(text, (sign) => sign.codePointAt(0)!).some((code) =>
    parts.some(([from, to]) => code >= from && code <= to),
  );
}

/** All that is written in a picture. */
export const textsIn = ({ children }: SvgNode): string =>
  children.map((child) => (typeof child === 'string' ? child : textsIn(child))).join('');

/** The fonts that the page has. */
function facesOfPage(): Face[] {
  return [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].flatMap((rule): Face[] => {
      if (!(rule instanceof CSSFontFaceRule)) return [];
      const said = (name: string) => rule.style.getPropertyValue(name);
      const file = /url\("?([^")]+)"?\)/.exec(said('src'))?.[1];
      if (file === undefined) return [];
      return [
        {
          family: said('font-family').replace(/^["']|["']$/g, ''),
          ...{ weight: said('font-weight'), style: said('font-style') },
          range: said('unicode-range'),
          address: new URL(file, sheet.href ?? document.baseURI),
        },
      ];
    }),
  );
}

/** The bytes of a file as an address that holds them. */
async function dataAddress(file: URL): Promise<string> {
  const bytes = new Uint8Array(await (await fetch(file)).arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `data:font/woff2;base64,${btoa(text)}`;
}

async function ruleOf({ family, weight, style, range, address }: Face): Promise<string> {
  const named = [
    ['font-family', `'${family}'`],
    ['font-weight', weight],
    ['font-style', style],
    ['unicode-range', range],
    ['src', `url(${await dataAddress(address)})`],
  ];
  return `@font-face{${named.flatMap(([name, value]) => (value === '' ? [] : `${name}:${value}`)).join(';')}}`;
}

/** A picture that brings along those of the page's fonts that it is written in: it looks the same anywhere, and asks for nothing. */
export async function withFonts(picture: SvgNode): Promise<SvgNode> {
  const [whole, text] = [svgText(picture), textsIn(picture)];
  const used = facesOfPage().filter(({ family, range }) => whole.includes(family) && hasAny(range, text)); // prettier-ignore
  const rules = await Promise.all(used.map(ruleOf));
  return { ...picture, children: [svg('style', {}, rules.join('\n')), ...picture.children] };
}
