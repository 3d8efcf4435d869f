import type { Standing } from '../../protocol/exhibits.ts';

/** How the exhibit on show stands; what it shows changes at frame rate and is elsewhere (exhibitFrames.ts). */
export interface ExhibitsSlice {
  /** Lost: its worker has stopped, more than once. */
  readonly exhibitStanding: Standing | 'closed' | 'lost';
  /** One sentence on how it stands, and whether it is of trouble. */
  readonly exhibitSays: { readonly text: string; readonly isTrouble: boolean } | null;
  /** How many times its usual speed it runs at; null: as fast as can be. */
  readonly exhibitFactor: number | null;
}

export const initialExhibits: ExhibitsSlice = {
  exhibitStanding: 'closed',
  exhibitSays: null,
  exhibitFactor: 1,
};
