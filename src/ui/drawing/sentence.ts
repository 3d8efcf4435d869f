import type { Drawing } from '../../store/drawing.ts';
import { hidesInk, isBlank } from '../../store/drawing.ts';
import { sentences as words } from './words.ts';

/** What the page is about, in one sentence, and what to try: as true of this drawing as of any. */
export interface Sentence {
  readonly says: string;
  readonly invites: string;
}

/** The sentence over the large picture, by what is drawn and what of it is hidden. */
export function sentenceOf(drawing: Drawing): Sentence {
  const { occlusion, mask } = drawing;
  if (isBlank(drawing)) return { says: words.blank, invites: words.tryDrawing };
  if (mask === null) return { says: words.whole, invites: words.tryHiding };
  const says = words.hidden[occlusion === 'none' ? 'brush' : occlusion];
  return { says, invites: hidesInk(drawing) ? words.tryAgain : words.tryFinishing };
}
