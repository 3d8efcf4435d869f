import { NgcError, printable } from '../shared/errors.ts';

/** The ways to fill in hidden pixels, the paper's and ours. */
export const COMPLETIONS = ['silent', 'eq19'] as const;

/**
 * What becomes of a pixel that nobody sees (ngc.md, Settling):
 *
 *   eq19    it begins at 0 and follows its prediction, x ← x − β·e_0, and sends an error meanwhile (the paper, Eq. 19)
 *   silent  it is what is predicted for it, x ← mu_0 in every step, and so sends no error: e_0 = m⊙(x − mu_0)
 */
export type CompletionRule = (typeof COMPLETIONS)[number];

/** The completion rule of that name. Throws a usage error that lists those there are. */
export function completionRule(name: string): CompletionRule {
  const rule = COMPLETIONS.find((one) => one === name);
  if (rule) return rule;
  throw new NgcError(
    'usage',
    `There is no completion ${printable(name)}; there are ${COMPLETIONS.join(' and ')}.`,
  );
}
