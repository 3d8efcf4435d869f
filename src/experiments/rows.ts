import type { Row } from './experiment.ts';

/* The models of the paper, as rows of tables. Titles as the paper prints them. */

export const GMM: Row = { key: 'gmm', title: 'GMM', variant: 'gmm' };
export const RAE: Row = { key: 'rae', title: 'RAE', variant: 'rae' };
export const GVAE_CV: Row = { key: 'gvae-cv', title: 'GVAE-CV', variant: 'gvae-cv' };
export const GVAE: Row = { key: 'gvae', title: 'GVAE', variant: 'gvae' };
export const GAN_AE: Row = { key: 'gan-ae', title: 'GAN-AE', variant: 'gan-ae' };
export const DSRN: Row = {
  key: 'dsrn',
  title: 'DSRN',
  variant: 'dsrn',
  note: 'A deep sparse rectifier network, told the classes: what supervision gives.',
};
export const T1: Row = { key: 'gncn-t1', title: 'GNCN-t1/Rao', variant: 'gncn-t1' };
export const T1_SIGMA: Row = { key: 'gncn-t1-sigma', title: 'GNCN-t1-Σ', variant: 'gncn-t1-sigma' };
export const T2: Row = { key: 'gncn-t2-lsigma', title: 'GNCN-t2-LΣ', variant: 'gncn-t2-lsigma' };
export const PDH: Row = { key: 'gncn-pdh', title: 'GNCN-PDH', variant: 'gncn-pdh' };

export const AUTOENCODERS = [RAE, GVAE_CV, GVAE, GAN_AE];
export const NGC = [T1, T1_SIGMA, T2, PDH];

/** References that are not trained. */
export const MEAN_IMAGE: Row = {
  key: 'mean-image',
  title: 'mean image',
  variant: null,
  note: 'Fills in the hidden half with the mean of the training images.',
};
export const NEAREST: Row = {
  key: '10-nn',
  title: '10 nearest',
  variant: null,
  note: 'Fills in the hidden half with the mean of the ten training images that are nearest in the seen half; its class is that of most of the ten nearest in all pixels.',
};
export const PIXELS: Row = {
  key: 'pixels',
  title: 'softmax on pixels',
  variant: null,
  note: 'The same classifier on the pixels themselves, without any model.',
};
