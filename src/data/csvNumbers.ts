/*
 * Numbers in a line of bytes: plain ones, of digits with a point among them or none, are read without making text of them.
 */

export const ZERO = 48;
/** A decimal point, counted from zero; and so many digits are exact in one number. */
const POINT = 46 - ZERO;
const MOST_DIGITS = 15;

/** The plain number that fills a field from `from` on, and where the field ends; null where it is anything else. */
export function plainNumber(
  row: Uint8Array,
  from: number,
  separator: number,
): { readonly value: number; readonly end: number } | null {
  let value = 0;
  let end = from;
  let point = -1;
  for (; end < row.length; end++) {
    const digit = row[end]! - ZERO;
    if (digit >= 0 && digit <= 9) value = value * 10 + digit;
    else if (digit === POINT && point < 0) point = end;
    else break;
  }
  const digits = end - from - (point < 0 ? 0 : 1);
  const ended = end === row.length || row[end] === separator;
  if (!ended || digits === 0 || digits > MOST_DIGITS) return null;
  return { value: point < 0 ? value : value / 10 ** (end - point - 1), end };
}

/** Where the field that begins at `from` ends. */
export function endOf(row: Uint8Array, from: number, separator: number): number {
  const end = row.indexOf(separator, from);
  return end < 0 ? row.length : end;
}
