import fc from 'fast-check';
import { expect } from 'vitest';

import { NgcError } from '../../src/shared/errors.ts';

/** What a line for a person may hold: nothing that breaks it, moves the cursor or turns the direction of writing. */
export const LINE = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u;

/** Text that would break a line, turn it round or fill it. */
export const nastyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({
    unit: fc.constantFrom(
      ...['\0', '\n', '\u202e', '\u2028', '\ud800', '\x1b', '\ufeff', '😀', '"', '\\', ' ', '<b>'],
    ),
  }),
  fc.string({ minLength: 100, maxLength: 2000 }),
);

/** Runs `work`; where it refuses, it must be with an NgcError whose message is one line that is soon read. Says whether it did. */
export async function refusesInALine(work: () => unknown, most = 400): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (error) {
    if (!(error instanceof NgcError)) throw error;
    expectLine(error.message, most);
    return true;
  }
}

export function expectLine(message: string, most = 400): void {
  expect(message).toMatch(LINE);
  expect(message.length).toBeLessThanOrEqual(most);
}
