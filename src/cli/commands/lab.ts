import type { Experiment } from '../../experiments/experiment.ts';
import type { Family } from '../../models/family.ts';
import { printable } from '../../shared/errors.ts';
import type { Command } from '../command.ts';
import { columns } from '../command.ts';
import { labList } from '../lab/list.ts';
import { labMerge } from '../lab/merge.ts';
import { labReport } from '../lab/report.ts';
import { labRun } from '../lab/run.ts';
import { usageError } from '../options.ts';

const SUMMARIES = {
  list: 'Names the experiments, or the cells of one.',
  run: 'Runs the cells of an experiment, and keeps the result of each.',
  merge: 'Makes one file of the results of an experiment.',
  report: 'Writes such a file as a text in Markdown, or as a table.',
} as const;

const HELP = [
  'ngc lab: the paper’s tables and figures, and a few of our own, as experiments that anybody can run',
  'Usage: npm run -s ngc -- lab COMMAND [OPTIONS]\n       npm run -s ngc -- lab COMMAND --help',
  columns(Object.entries(SUMMARIES)),
].join('\n\n');

export function lab(families: readonly Family[], experiments?: readonly Experiment[]): Command {
  const commands = new Map<string, Command>([
    ['list', labList(experiments)],
    ['run', labRun(families, experiments)],
    ['merge', labMerge(experiments)],
    ['report', labReport(experiments)],
  ]);
  return {
    help: HELP,
    async run([name, ...rest]) {
      if (name === '--help' || name === '-h') {
        process.stdout.write(`${HELP}\n`);
        return;
      }
      const known = [...commands.keys()].join(', ');
      if (name === undefined)
        throw usageError(`A command of the Lab is missing; give one of ${known}, or --help.`);
      const command = commands.get(name);
      if (!command)
        throw usageError(`Unknown command lab ${printable(name)}; known are ${known}, and --help.`);
      await command.run(rest);
    },
  };
}
