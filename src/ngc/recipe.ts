/**
 * How a network may be trained: soon, so that a class sees it learn within a minute or two on a laptop without a graphics processor
 * (docs/choices.md says how that was chosen), or by the paper's settings, which are every setting's own default.
 */
export const RECIPES = ['quick', 'paper'] as const;
export type Recipe = (typeof RECIPES)[number];
