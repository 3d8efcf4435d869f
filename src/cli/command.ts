import { printable } from '../shared/errors.ts';
import type { Options, Values } from './options.ts';
import { parseCommand, usageError } from './options.ts';

/** A command of the command line. */
export interface Command {
  /** The text of `ngc NAME --help`. */
  readonly help: string;
  /** Runs it. Throws an NgcError with a sentence for a person. */
  run(args: readonly string[]): Promise<void>;
}

/** What describes a command. */
interface Definition<S extends Options> {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** The argument without an option's name, where the command has one. */
  readonly argument?: {
    readonly takes: string;
    readonly meaning: string;
    readonly optional?: true;
    /** It may be given several times. */
    readonly several?: true;
  };
  readonly options: S;
  /** More to know, one paragraph each. */
  readonly notes?: readonly string[];
  readonly examples?: readonly string[];
  /** `argument` is the first of `all`, or empty where none was given. */
  run(values: Values<S>, argument: string, all: readonly string[]): Promise<void>;
}

const WIDTH = 100;

/** Breaks text into lines that fit beside an indent. */
function wrapped(text: string, indent: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    if (last !== '' && last.length + 1 + word.length > WIDTH - indent) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}

/** Two columns: names, and what they mean. */
export function columns(rows: readonly (readonly [string, string])[]): string {
  const left = Math.max(...rows.map(([name]) => name.length)) + 4;
  return rows
    .map(([name, meaning]) => `  ${name.padEnd(left - 2)}${wrapped(meaning, left)}`)
    .join('\n');
}

function helpOf<S extends Options>(definition: Definition<S>): string {
  const { name, summary, argument, options, notes = [], examples = [] } = definition;
  const written = Object.entries(options).map(
    ([key, { takes }]) => `--${key}${takes === null ? '' : ` ${takes}`}`,
  );
  const usage = Object.values(options).map((option, i) =>
    option.needed ? written[i]! : `[${written[i]!}]`,
  );
  const rows: (readonly [string, string])[] = Object.values(options).map((option, i) => [
    written[i]!,
    option.meaning,
  ]);
  const all = argument ? [[argument.takes, argument.meaning] as const, ...rows] : rows;
  return [
    `ngc ${name}: ${summary}`,
    `Usage: ${wrapped(['npm run -s ngc --', name, ...(argument ? [argument.optional ? `[${argument.takes}]` : argument.takes] : []), ...usage].join(' '), 7)}`,
    columns([...all, ['--help', 'Shows this text.']]),
    ...notes.map((note) => wrapped(note, 0)),
    ...(examples.length > 0
      ? [`Examples:\n${examples.map((line) => `  ${line}`).join('\n')}`]
      : []),
  ].join('\n\n');
}

/** Makes a command from its description: parsing, help and checks come from the table of options. */
export function defineCommand<S extends Options>(definition: Definition<S>): Command {
  const help = helpOf(definition);
  return {
    help,
    async run(args) {
      const { help: wantsHelp, values, positionals } = parseCommand(args, definition.options);
      if (wantsHelp) {
        process.stdout.write(`${help}\n`);
        return;
      }
      const { argument, name } = definition;
      const extra = argument?.several ? undefined : positionals[argument ? 1 : 0];
      if (extra !== undefined)
        throw usageError(
          `Unexpected ${printable(extra)}: ngc ${name} takes ${argument ? `one argument, ${argument.takes}` : 'only options'} (see ngc ${name} --help).`,
        );
      if (argument && !argument.optional && positionals[0] === undefined)
        throw usageError(`Argument ${argument.takes} is missing: ${argument.meaning}`);
      await definition.run(values, positionals[0] ?? '', positionals);
    },
  };
}
