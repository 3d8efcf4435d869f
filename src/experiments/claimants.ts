import type { Claimant, Experiment } from './experiment.ts';

/** Ororbia & Kifer 2022. */
export const PAPER: Claimant = { word: 'paper', name: 'the paper' };

/** Whoever tried the same equations of predictive coding before, in float64 and by another program. */
export const BEFORE: Claimant = {
  word: 'claimed',
  name: 'claimed: found before by another program',
};

/** Who says the numbers that an experiment is compared with. */
export const claimantOf = ({ claimant = PAPER }: Experiment): Claimant => claimant;
