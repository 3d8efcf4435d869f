import type { ExhibitId } from '../../exhibits/shown.ts';
import type { symbols } from '../parts/words.ts';

/** Which exhibit shows what a symbol of the theatre is about. */
export const EXPLAINS: Partial<Record<keyof typeof symbols, ExhibitId>> = {
  prediction: 'settling',
  error: 'settling',
  energy: 'settling',
  state: 'springs',
  beta: 'starts',
  gamma: 'springs',
  discrepancy: 'free-energy',
  covariance: 'learnt-variance',
  precision: 'learnt-variance',
  nats: 'two-gaussians',
};
