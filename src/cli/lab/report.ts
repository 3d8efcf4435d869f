import type { Experiment } from '../../experiments/experiment.ts';
import { EXPERIMENTS, experimentOf } from '../../experiments/experiments.ts';
import { parseResultFile } from '../../lab/resultFiles.ts';
import { NgcError } from '../../shared/errors.ts';
import { defineCommand } from '../command.ts';
import { named, readBytes } from '../files.ts';
import { flag, usageError } from '../options.ts';
import { csvOf } from './csv.ts';
import { markdownReport } from './markdown.ts';

const OPTIONS = {
  csv: flag('Every number of every cell, a line each.'),
  json: flag('The results as they are, checked.'),
} as const;

export const labReport = (experiments: readonly Experiment[] = EXPERIMENTS) =>
  defineCommand({
    name: 'lab report',
    summary: 'writes merged results to standard output: as a text in Markdown, or otherwise.',
    argument: { takes: 'FILE', meaning: 'What "ngc lab merge" wrote.' },
    options: OPTIONS,
    notes: [
      'The text has the paper’s numbers beside those that were measured, means ± standard deviations over seeds, and what made them: budget, images, machine, time, commands. docs/reproduction.md consists of such texts.',
    ],
    examples: ['npm run -s ngc -- lab report table-1.json > table-1.md'],
    async run({ csv, json }, path) {
      if (csv && json) throw usageError('Give one of --csv and --json, not both.');
      const file = parseResultFile(await readBytes('FILE', path), named('FILE', path));
      if (file.results.length === 0)
        throw new NgcError('file', `${named('FILE', path)} holds no results.`);
      const experiment = experimentOf(file.experiment, experiments);
      const whole = json
        ? `${JSON.stringify(file)}\n`
        : csv
          ? csvOf(file.results)
          : markdownReport(experiment, file.results);
      process.stdout.write(whole);
    },
  });
