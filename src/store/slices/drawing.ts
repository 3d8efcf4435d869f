import type { Drawing } from '../drawing.ts';
import { BLANK } from '../drawing.ts';
import type { Undoable } from '../undo.ts';
import { undoable } from '../undo.ts';

export type Tool = 'draw' | 'erase' | 'occlude';

/** The drawing canvas, and how the network looks at it. */
export interface DrawingSlice {
  readonly drawing: Undoable<Drawing>;
  readonly tool: Tool;
  /** Brush radius in pixels of the 28·28 square. */
  readonly brush: number;
  /** Whether a changed drawing is settled at once; off after the user paused. */
  readonly autoplay: boolean;
  /** Whether the canvas shows what is hidden instead of what is imagined there. */
  readonly truth: boolean;
  /** Whether the network watches the canvas all the time, without beginning anew at every stroke. */
  readonly live: boolean;
}

export const initialDrawing: DrawingSlice = {
  drawing: undoable(BLANK),
  tool: 'draw',
  brush: 1.4,
  autoplay: true,
  truth: false,
  live: false,
};
