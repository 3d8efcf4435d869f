import { dataError } from './dataError.ts';

/*
 * What the first line of a table tells: how its columns are divided, which of them is the label, how large its pictures are.
 */

const LABEL_NAMES = ['label', 'labels', 'class'];
const LARGEST_SIDE = 64;
/** No row of numbers is longer (bytes): what is has no lines, and is no table. */
export const LONGEST_LINE = 1_000_000;

const COMMA = 44;
const SEMICOLON = 59;
const TAB = 9;

/** What the first line tells of all others. */
export interface Layout {
  readonly separator: number;
  readonly columns: number;
  /** Which of them is the label; −1: none. */
  readonly label: number;
  readonly side: number;
  /** What the header calls them; null without one. */
  readonly names: readonly string[] | null;
}

const decoder = new TextDecoder();
export const text = (bytes: Uint8Array) => decoder.decode(bytes);
export const unquoted = (field: string) => {
  const bare = field.trim();
  return bare.startsWith('"') ? bare.replace(/^"(.*)"$/, '$1').trim() : bare;
};
export const isNumber = (field: string) => field !== '' && Number.isFinite(Number(field));

/** What the first line says of the table. Throws where its columns are no square picture. */
export function layoutOf(line: Uint8Array, name: string): Layout {
  if (line.length > LONGEST_LINE || line.includes(0))
    throw dataError(name, 'this is no table of numbers.');
  const counted = [COMMA, SEMICOLON, TAB].map((separator) => ({
    separator,
    count: line.reduce((sum, byte) => sum + (byte === separator ? 1 : 0), 0),
  }));
  const { separator } = counted.reduce((a, b) => (b.count > a.count ? b : a));
  const fields = text(line).split(String.fromCharCode(separator)).map(unquoted);
  const isHeader = namesColumns(fields);
  const columns = fields.length;
  const named = isHeader ? fields.findIndex((field) => LABEL_NAMES.includes(field.toLowerCase())) : -1; // prettier-ignore
  const all = Math.sqrt(columns);
  const label = named >= 0 ? named : Number.isInteger(all) && columns > 1 ? -1 : 0;
  const side = Math.sqrt(columns - (label >= 0 ? 1 : 0));
  if (!Number.isInteger(side) || side < 2 || side > LARGEST_SIDE)
    throw dataError(
      name,
      `row 1 has ${columns} column${columns === 1 ? '' : 's'}; a square picture of up to ${LARGEST_SIDE}×${LARGEST_SIDE} is needed (784 columns for 28×28), with or without a column of labels.`,
    );
  return { separator, columns, label, side, names: isHeader ? fields : null };
}

/** Whether a first line names the columns: it begins with a name of labels, or counts them, or holds words for the most part. */
function namesColumns(fields: readonly string[]): boolean {
  const [first = '', ...others] = fields;
  if (LABEL_NAMES.includes(first.toLowerCase())) return true;
  if (2 * others.filter((field) => field !== '' && !isNumber(field)).length > others.length)
    return true;
  const start = Number(first);
  const counts = fields.every((field, i) => field !== '' && Number(field) === start + i);
  return fields.length > 3 && (start === 0 || start === 1) && counts;
}
