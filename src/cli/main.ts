/**
 * The command line: `npm run -s ngc -- COMMAND …`.
 * Exit status: 0 done; 1 the run failed or was stopped; 2 the command or a file was wrong.
 */
import type { ErrorKind } from '../shared/errors.ts';
import { messageOf, NgcError } from '../shared/errors.ts';
import type { Command } from './command.ts';
import { columns } from './command.ts';
import { usageError } from './options.ts';

/** Loaded only when asked for: the numerics take a moment to start. */
const COMMANDS: Readonly<Record<string, { summary: string; load: () => Promise<Command> }>> = {
  train: {
    summary: 'Trains a model, from scratch or on from a checkpoint.',
    load: async () => (await import('./commands/train.ts')).train,
  },
};

const OVERVIEW = `ngc: neural generative coding on the command line

Usage: npm run -s ngc -- COMMAND [OPTIONS]
       npm run -s ngc -- COMMAND --help

${columns(Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary]))}

Exit status: 0 done; 1 the run failed or was stopped; 2 the command or a file was wrong.`;

const STATUS: Readonly<Record<ErrorKind, 1 | 2>> = {
  usage: 2,
  config: 2,
  file: 2,
  data: 2,
  backend: 1,
  diverged: 1,
  cancelled: 1,
};

async function main(args: readonly string[]): Promise<void> {
  const [name, ...rest] = args;
  if (name === undefined)
    throw usageError(
      `A command is missing; give one of ${Object.keys(COMMANDS).join(', ')}, or --help.`,
    );
  if (name === '--help' || name === '-h' || name === 'help') {
    const about = COMMANDS[rest[0] ?? ''];
    process.stdout.write(`${about ? (await about.load()).help : OVERVIEW}\n`);
    return;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command)
    throw usageError(
      `Unknown command ${JSON.stringify(name)}; known are ${Object.keys(COMMANDS).join(', ')}, and --help.`,
    );
  await (await command.load()).run(rest);
}

/** One line on standard error, and the status that goes with it. */
function report(error: unknown): 1 | 2 {
  const expected = error instanceof NgcError;
  const sentence = messageOf(error).replace(/\s+/g, ' ').trim();
  process.stderr.write(`ngc: ${expected ? sentence : `The run failed: ${sentence}`}\n`);
  if (process.env['NGC_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return expected ? STATUS[error.kind] : 1;
}

// Whoever reads our output may stop reading (`| head`): then there is nobody left to write for.
process.stdout.on('error', () => process.exit(0));

// An explicit exit: a GPU's threads would keep the process alive.
main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => process.exit(report(error)),
);
