import type { Control, Values } from '../../exhibits/exhibit.ts';
import type { Act } from '../../exhibits/frame.ts';
import { controlOf, expectedOf, fitsControl } from '../../exhibits/values.ts';
import type { Check } from '../../shared/checks.ts';
import { floats, list, number, plain, record, text } from '../../shared/checks.ts';
import { NgcError, printable, printableText } from '../../shared/errors.ts';

/** An exhibit has no more controls than this. */
const MOST = 64;
const NUMBERS = 10_000;

/** Values of controls, whatever exhibit they are for. */
export const valuesCheck: Check<Values> = (value, what) => {
  const given = Object.entries(plain(value, what));
  if (given.length > MOST)
    throw new NgcError('usage', `${what} must be at most ${MOST} values, not ${given.length}.`);
  for (const [key, one] of given)
    if (!['number', 'string', 'boolean'].includes(typeof one))
      throw new NgcError(
        'usage',
        `${what}: ${printableText(key, 40)} cannot be ${printable(one)}.`,
      );
  return Object.fromEntries(given) as Values; // each has been looked at
};

/** @throws a usage error where an exhibit has no such control, or it cannot be set so */
export function checkValues(controls: readonly Control[], values: Values): Values {
  for (const [key, value] of Object.entries(values)) {
    const name = printableText(key, 40);
    const control = controlOf(controls, key);
    if (!control) throw new NgcError('usage', `This exhibit has no control ${name}.`);
    if (!fitsControl(control, value))
      throw new NgcError(
        'usage',
        `${name} must be ${expectedOf(control)}, not ${printable(value)}.`,
      );
  }
  return values;
}

const few = list(number(-1e9, 1e9), NUMBERS);
const many = floats(NUMBERS);

export const actCheck: Check<Act> = record<Act>({
  name: text(40),
  values: (value, what) => (Array.isArray(value) ? few : many)(value, what),
});
