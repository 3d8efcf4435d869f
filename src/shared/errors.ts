/** What went wrong, for code to switch on; the message is the sentence for a person. */
export const ERROR_KINDS = [
  'config', // a setting is out of range or unknown
  'file', // a model or tensor file is broken
  'data', // a dataset is broken, missing or unreachable
  'backend', // no numerics backend could be started
  'diverged', // numbers stopped being finite
  'cancelled', // the user stopped it
  'busy', // somebody else is at it
  'usage', // a command was called wrongly
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

/**
 * An expected failure: `message` is one clear sentence for a person that names what was wrong and
 * what would be right. Anything that is not an NgcError is a bug.
 */
export class NgcError extends Error {
  override readonly name = 'NgcError';
  constructor(
    readonly kind: ErrorKind,
    message: string,
  ) {
    // Whatever it names came from outside: the sentence stays one line that can be printed.
    super(oneLine(message, LONGEST_SENTENCE));
  }
}

/** A training has diverged, and what was learnt last is spoilt: it goes back to a state that was kept before. */
export class SpoiltError extends NgcError {
  constructor(message: string) {
    super('diverged', message);
  }
}

/** The sentence to show a person for any thrown value. */
export function messageOf(error: unknown): string {
  return oneLine(error instanceof Error ? error.message : String(error), LONGEST_SENTENCE);
}

/** No sentence here is longer (characters): a person reads it at a glance, whoever made it. */
export const LONGEST_SENTENCE = 400;

/** What would break a line, move the cursor or turn the direction of writing; and halves of characters. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu;
const BRIEFLY: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escaped = (text: string): string =>
  text.replace(
    UNPRINTABLE,
    (character) =>
      BRIEFLY[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Leaves out the middle of what is longer than `most`: beginnings and endings tell names apart. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor((most - 1) / 2);
  return `${text.slice(0, half)}…${text.slice(-half)}`;
}

/** Text from outside as one line of at most about `most` characters, in which what cannot be printed is escaped. */
export function oneLine(text: string, most = 120): string {
  // A long text is cut first, so that little is escaped; then what escapes made longer; either may halve a character.
  return escaped(shortened(escaped(shortened(text, most)), most));
}

/** A text of lines, of which what cannot be printed is escaped: what goes to a terminal, or into a file that one is looked at with. */
export function printableLines(text: string): string {
  return text.split('\n').map(escaped).join('\n');
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** How many entries of a list or an object are written, and how deep. */
const ENTRIES = 6;
const DEPTH = 2;

/** A value much as JSON writes it, without ever looking at all of a large one. */
function written(value: unknown, most: number, depth = 0): string {
  if (typeof value === 'string') return quoted(shortened(value, most - 2));
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null)
    return String(value).replace(/^undefined$/, 'nothing');
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  const inner = (entry: unknown) => written(entry, most, depth + 1);
  if (Array.isArray(value)) {
    if (depth === DEPTH) return '[…]';
    const more = value.length > ENTRIES ? [`… ${value.length} in all`] : [];
    return `[${[...value.slice(0, ENTRIES).map(inner), ...more].join(',')}]`;
  }
  if (kind !== 'Object') return `a value of type ${kind}`;
  if (depth === DEPTH) return '{…}';
  const entries = Object.entries(value);
  const more = entries.length > ENTRIES ? ['…'] : [];
  const shown = entries.slice(0, ENTRIES).map(([key, entry]) => `${quoted(key)}:${inner(entry)}`);
  return `{${[...shown, ...more].join(',')}}`;
}

/** Any value that came from outside, for a message: one line of about `most` characters at most, text in quotes. */
export function printable(value: unknown, most = 80): string {
  return oneLine(written(value, most), most);
}

/** A name or a sentence that came from outside, for a message: as it is, but in quotes where that could mislead. */
export function printableText(text: string, most = 120): string {
  const line = oneLine(text, most);
  const clear = line !== '' && line === line.trim() && line === shortened(text, most);
  return clear ? line : printable(text, most);
}

/** Names that came from outside: the first few, and how many more there are. */
export function printableList(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).map((name) => printableText(name, 40));
  const more = names.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
