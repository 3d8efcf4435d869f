import type { Check } from '../shared/checks.ts';
import { text } from '../shared/checks.ts';
import { NgcError, printable } from '../shared/errors.ts';

export * from '../shared/checks.ts';

/** What a run is called among files: its id. */
export const runId: Check<string> = (value, what) => {
  const id = text(64)(value, what);
  if (!/^[\w-]+$/.test(id)) throw new NgcError('usage', `${what} is no run: ${printable(id)}.`);
  return id;
};
