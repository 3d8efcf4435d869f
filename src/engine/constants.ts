/*
 * Numbers of the definitions that measures, equations, kernels and pages share. Nothing is imported here, so that a page can
 * have them without the numerics.
 */

/** Activity above this counts as active (ngc.md, Measures). */
export const ACTIVE = 1e-6;

/** Pixel probabilities are kept this far from 0 before a logarithm. */
export const PROBABILITY_FLOOR = 1e-6;
