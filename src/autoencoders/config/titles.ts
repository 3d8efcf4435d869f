import type { Variant } from './settings.ts';

const TITLES: Record<Variant, string> = {
  rae: 'RAE',
  'gvae-cv': 'GVAE-CV',
  gvae: 'GVAE',
  'gan-ae': 'GAN-AE',
  dsrn: 'DSRN',
};

/** The paper's name of a kind. */
export const titleOf = (variant: Variant): string => TITLES[variant];
