import type { Check } from '../shared/checks.ts';
import { text } from '../shared/checks.ts';
import { NgcError, printable } from '../shared/errors.ts';

/** What a run is called among files: its id. */
export const runId: Check<string> = (value, what) => {
  const id = text(64)(value, what);
  if (!/^[\w-]+$/.test(id)) throw new NgcError('usage', `${what} is no run: ${printable(id)}.`);
  return id;
};

/** Where the page lies: a whole address. */
export const address: Check<string> = (value, what) => {
  const base = text(4000)(value, what);
  if (!URL.canParse(base))
    throw new NgcError('usage', `${what} must be a whole address, not ${printable(base)}.`);
  return base;
};
