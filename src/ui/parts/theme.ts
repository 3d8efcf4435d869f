import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { LayerShades, Palette } from '../../viz/colour.ts';
import { DARK, LAYER_SHADES, LIGHT } from '../../viz/colour.ts';
import { useAppState } from './context.ts';

/*
 * The colours of the page; the style sheets and the painters both take them from here. One meaning a hue: blue (`down`) is
 * prediction and what is imagined; orange (`up`) error; teal (`state`) the states and their activity; violet (`side`)
 * competition; olive (`learn`) synapses that change; ink what is seen, and what the user points at. All else is grey.
 */
const COLOURS = {
  light: {
    bg: '#fbfaf7',
    panel: '#ffffff',
    raised: '#f5f3ee',
    ink: '#1b2230',
    soft: '#566073',
    line: '#dad7ce',
    faint: '#e9e6df',
    down: '#2363a8',
    up: '#bd560f',
    state: '#17696f',
    side: '#6a4fb3',
    learn: '#7a6200',
    accent: '#1b2230',
    onaccent: '#ffffff',
    warn: '#a32b1d',
    warnbg: '#fdeeea',
    infobg: '#eaf2fb',
    hatch: '#ccd8e6',
    hatchbg: '#eef3f9',
  },
  dark: {
    bg: '#11151d',
    panel: '#171c26',
    raised: '#202735',
    ink: '#eef1f6',
    soft: '#a3adbf',
    line: '#303949',
    faint: '#2a3241',
    down: '#6cb0f5',
    up: '#f39a55',
    state: '#5cc4bd',
    side: '#b49df2',
    learn: '#d9bd4e',
    accent: '#eef1f6',
    onaccent: '#11151d',
    warn: '#ff9b8c',
    warnbg: '#3a211f',
    infobg: '#1c2c42',
    hatch: '#2f3d52',
    hatchbg: '#1c2432',
  },
} as const;

type Colours = Record<keyof (typeof COLOURS)['light'], string>;

interface Look {
  readonly kind: 'light' | 'dark';
  readonly colours: Colours;
  readonly palette: Palette;
  /** Shades of the layers' curves, pixels first. */
  readonly layers: LayerShades;
  readonly font: string;
}

const FONT = '"Inter Variable", system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif';

function watchMedia(query: string) {
  const media = window.matchMedia(query);
  return {
    subscribe(listener: () => void) {
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    read: () => media.matches,
  };
}

const watched = new Map<string, ReturnType<typeof watchMedia>>();

/** Whether a media query matches, as long as the component lives. */
export function useMedia(query: string): boolean {
  let media = watched.get(query);
  if (media === undefined) watched.set(query, (media = watchMedia(query)));
  return useSyncExternalStore(media.subscribe, media.read);
}

/** Panels stand under each other, the page scrolls. */
export function useStacked(): boolean {
  return useMedia('(max-width: 899px)');
}

/** The page's colours: the user's choice, or the system's. */
export function useLook(): Look {
  const theme = useAppState((state) => state.setUp.theme);
  const systemDark = useMedia('(prefers-color-scheme: dark)');
  const kind = theme === 'auto' ? (systemDark ? 'dark' : 'light') : theme;
  return useMemo(
    () => ({
      kind,
      colours: COLOURS[kind],
      palette: kind === 'dark' ? DARK : LIGHT,
      layers: LAYER_SHADES[kind],
      font: FONT,
    }),
    [kind],
  );
}

/** Hands the colours to the style sheets; once, at the top of the page. */
export function useLookInStyles(look: Look): void {
  useEffect(() => {
    const root = document.documentElement;
    root.dataset['theme'] = look.kind;
    root.style.colorScheme = look.kind;
    for (const [name, colour] of Object.entries(look.colours))
      root.style.setProperty(`--${name}`, colour);
    const ramp = (stops: readonly string[]) => `linear-gradient(90deg, ${stops.join(', ')})`;
    root.style.setProperty('--ramp-activity', ramp(look.palette.activity.stops));
    root.style.setProperty('--ramp-signed', ramp(look.palette.signed.stops));
    root.style.setProperty('--ramp-ink', ramp(look.palette.ink.stops));
    root.style.setProperty('--ramp-imagined', ramp(look.palette.imagined.stops));
    root.style.setProperty('--font', look.font);
  }, [look]);
}
