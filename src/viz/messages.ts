import type { FrameLayout, Section } from '../protocol/frame.ts';
import type { Arrow } from './arrows.ts';

/** What an arrow carries: the activity that predicts, the errors, or what neurons of a column do to each other. */
function carried(layout: FrameLayout, { flow, from }: Pick<Arrow, 'flow' | 'from'>) {
  switch (flow) {
    case 'down':
    case 'skip':
      return layout.states[from - 1];
    case 'up':
      return layout.errors[from];
    case 'side':
      return layout.lateral[from - 1];
    default:
      return flow satisfies never;
  }
}

/** The root of the mean square of what an arrow carries at a frame; 0 while there is none, and where it is not finite. */
export function messageSize(
  layout: FrameLayout,
  read: (section: Section) => Float32Array | null,
  arrow: Pick<Arrow, 'flow' | 'from'>,
): number {
  const section = carried(layout, arrow);
  const values = section && read(section);
  if (!values || values.length === 0) return 0;
  const squares = values.reduce((sum, value) => sum + value * value, 0);
  const size = Math.sqrt(squares / values.length);
  return Number.isFinite(size) ? size : 0;
}

/** The slowest message that still moves, as a part of the fastest. */
const SLOWEST = 0.25;

/** How fast a message travels, as a part of the fastest of its kind: larger ones faster, none (0) where nothing is carried. */
export function messageSpeed(size: number, largest: number): number {
  if (!(size > 0) || !(largest > 0)) return 0;
  return SLOWEST + (1 - SLOWEST) * Math.sqrt(Math.min(1, size / largest));
}
