import type { Experiment } from '../experiments/experiment.ts';
import type { Family } from '../models/family.ts';
import type { ErrorKind } from '../shared/errors.ts';
import { messageOf, NgcError, printable } from '../shared/errors.ts';
import type { Command } from './command.ts';
import { columns } from './command.ts';
import { whyOf } from './loss.ts';
import { usageError } from './options.ts';

/** A command in the list of all. */
interface Listed {
  readonly summary: string;
  /** Loaded only when asked for: the numerics take a moment to start. */
  load(families: readonly Family[], experiments?: readonly Experiment[]): Promise<Command>;
}

const COMMANDS: Readonly<Record<string, Listed>> = {
  train: {
    summary: 'Trains a model, from scratch or on from a checkpoint.',
    load: async (families) => (await import('./commands/train.ts')).train(families),
  },
  eval: {
    summary: 'Measures a model as the paper does.',
    load: async (families) => (await import('./commands/eval.ts')).evaluation(families),
  },
  prior: {
    summary: 'Fits the Gaussian mixture that a model draws its samples from.',
    load: async (families) => (await import('./commands/prior.ts')).prior(families),
  },
  sample: {
    summary: 'Draws pictures from a model with a prior.',
    load: async (families) => (await import('./commands/sample.ts')).sample(families),
  },
  complete: {
    summary: 'Fills in the hidden pixels of pictures.',
    load: async (families) => (await import('./commands/complete.ts')).complete(families),
  },
  trace: {
    summary: 'Writes down everything that a model does with a batch.',
    load: async (families) => (await import('./commands/trace.ts')).trace(families),
  },
  bench: {
    summary: 'Times settling and learning on every backend there is.',
    load: async () => (await import('./commands/bench.ts')).bench,
  },
  lab: {
    summary:
      'Runs the paper’s tables and figures as experiments, merges and reports their results.',
    load: async (families, experiments) =>
      (await import('./commands/lab.ts')).lab(families, experiments),
  },
  info: {
    summary: 'Tells what a model file holds.',
    load: async (families) => (await import('./commands/info.ts')).info(families),
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
  busy: 1,
};

/**
 * Runs `ngc ARGS`. Throws an NgcError with a sentence for a person.
 * @param families the families of models that the commands know; all there are, if not given
 * @param experiments the experiments that "lab" knows; all there are, if not given
 */
export async function runCommand(
  args: readonly string[],
  families?: readonly Family[],
  experiments?: readonly Experiment[],
): Promise<void> {
  const load = async (command: Listed) =>
    command.load(families ?? (await import('../models/families.ts')).FAMILIES, experiments);
  const [name, ...rest] = args;
  if (name === undefined)
    throw usageError(
      `A command is missing; give one of ${Object.keys(COMMANDS).join(', ')}, or --help.`,
    );
  if (name === '--help' || name === '-h' || name === 'help') {
    const about = COMMANDS[rest[0] ?? ''];
    process.stdout.write(`${about ? (await load(about)).help : OVERVIEW}\n`);
    return;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command)
    throw usageError(
      `Unknown command ${printable(name)}; known are ${Object.keys(COMMANDS).join(', ')}, and --help.`,
    );
  try {
    await (await load(command)).run(rest);
  } catch (error) {
    throw await whyOf(error);
  }
}

/** The exit status that goes with an error, and its one line for standard error. */
export function failureOf(error: unknown): { readonly status: 1 | 2; readonly line: string } {
  const expected = error instanceof NgcError;
  const sentence = messageOf(error).replace(/\s+/g, ' ').trim();
  return {
    status: expected ? STATUS[error.kind] : 1,
    line: `ngc: ${expected ? sentence : `The run failed: ${sentence}`}`,
  };
}
