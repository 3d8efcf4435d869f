import type { DrawReport, LookReport, RuleChoice, SideModel } from '../../protocol/lab.ts';

/** All models set to the drawing. */
export interface LabSideSlice {
  /** Which there are; null: not asked yet. */
  readonly sideModels: readonly SideModel[] | null;
  /** Whether the hidden part is filled in, or the whole picture reconstructed. */
  readonly sideTask: 'complete' | 'reconstruct';
  readonly sideRule: RuleChoice;
  /** What each made of the drawing that it was shown last, or why it could not, by its id. */
  readonly sideLooks: Readonly<Record<string, LookReport | { readonly refused: string }>>;
  /** Whether some are still to look at the drawing as it is now. */
  readonly sideLooking: boolean;
  /** What each draws by itself, where that was asked. */
  readonly sideSamples: Readonly<Record<string, DrawReport>>;
}

export const initialLabSide: LabSideSlice = {
  sideModels: null,
  sideTask: 'complete',
  sideRule: 'best',
  sideLooks: {},
  sideLooking: false,
  sideSamples: {},
};
