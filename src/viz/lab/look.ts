import type { ColourMap } from '../colour.ts';
import { DARK, LIGHT } from '../colour.ts';

/** The colours and type of the Lab's figures. */
export interface FigureLook {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly ground: string;
  readonly font: string;
  readonly pictures: ColourMap;
  /** Colours that people with any colour vision can tell apart, for models and classes. */
  readonly hues: readonly string[];
}

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** After Okabe & Ito (2008), darkened for a light ground. */
const ON_LIGHT = ['#0b6fb0', '#c35a00', '#00806a', '#a8437f', '#7a6200', '#3b3f98', '#1b2230', '#8a8f98', '#b3261e', '#4d8a1f']; // prettier-ignore
const ON_DARK = ['#6cb8f0', '#f3a05a', '#4fcfb3', '#e594c2', '#dcc557', '#a3a6f2', '#eef1f6', '#8d96a5', '#ff8f84', '#a5d66f']; // prettier-ignore

const FONT = 'Inter, system-ui, Arial, sans-serif';

/** For files, which know nothing of the page's theme. */
export const PAPER_LOOK: FigureLook = {
  ink: '#1b2230',
  soft: '#566073',
  line: '#e9e6df',
  ground: '#ffffff',
  font: FONT,
  pictures: LIGHT.ink,
  hues: ON_LIGHT,
};

/** The page's look of figures. */
export function figureLook(
  kind: 'light' | 'dark',
  { ink, soft, faint, panel }: Readonly<Record<'ink' | 'soft' | 'faint' | 'panel', string>>,
  font: string,
): FigureLook {
  const dark = kind === 'dark';
  return {
    ...{ ink, soft, font, line: faint, ground: panel },
    pictures: (dark ? DARK : LIGHT).ink,
    hues: dark ? ON_DARK : ON_LIGHT,
  };
}
