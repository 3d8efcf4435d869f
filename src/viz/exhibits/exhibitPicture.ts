import type { Act } from '../../exhibits/frame.ts';
import type { Values } from '../../exhibits/exhibit.ts';
import type { Surface } from '../canvas.ts';
import type { Palette } from '../colour.ts';

/** The page's colours, one meaning a hue (see ui/parts/theme.ts), by their names. */
export interface ExhibitLook {
  readonly kind: 'light' | 'dark';
  readonly colours: Readonly<
    Record<
      | 'bg' | 'panel' | 'raised' | 'ink' | 'soft' | 'line' | 'faint'
      | 'down' | 'up' | 'state' | 'side' | 'learn' | 'warn',
      string
    >
  >; // prettier-ignore
  readonly palette: Palette;
  readonly font: string;
  /** Size of type in CSS pixels at which words are read: pictures take it, and scale theirs from it. */
  readonly type: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** What moving something in the picture means: controls that are set, or an act. */
export type Change =
  | { readonly kind: 'values'; readonly values: Values }
  | { readonly kind: 'act'; readonly act: Act };

/** How large a picture is, and the type in it, in CSS pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
  readonly type: number;
}

/** Something that is held by a pointer. */
export interface Grab {
  readonly cursor: 'grab' | 'ew-resize' | 'ns-resize' | 'crosshair';
  /** What its being moved there means; null: nothing. */
  move(to: Place): Change | null;
  /** What its being let go means, where that is something. */
  drop?(at: Place): Change | null;
}

/** Pictures that one can take in place of drawing one. */
export interface Examples<S> {
  readonly count: number;
  /** The pixels of one, from 0 to 1 [784]. */
  of(shown: S, index: number): Float32Array;
  take(shown: S, index: number): Act;
}

/** How an exhibit looks: pure, on any surface; a miniature is the same picture, small (`isSmall`: no words, no axes). */
export interface ExhibitPicture<S> {
  paint(
    surface: Surface,
    shown: S,
    how: {
      readonly look: ExhibitLook;
      readonly values: Values;
      /** The name of what is lit by the equation; null: nothing. */
      readonly lit: string | null;
      readonly isSmall: boolean;
    },
  ): void;
  /** What one takes hold of at a place; null: nothing. Sizes are CSS pixels; `type` is that of the look it was painted with. */
  grab?(at: Place, size: PictureSize, shown: S, values: Values): Grab | null;
  readonly examples?: Examples<S>;
  /** What is to be seen, in one sentence, for those who do not see it. */
  describe(shown: S, values: Values): string;
}
