import { knownAsCsv } from '../../experiments/csv.ts';
import type { Experiment } from '../../experiments/experiment.ts';
import { EXPERIMENTS, experimentOf } from '../../experiments/experiments.ts';
import type { Known } from '../../experiments/layers.ts';
import { parseResultFile } from '../../lab/resultFiles.ts';
import { NgcError } from '../../shared/errors.ts';
import { experimentPicture } from '../../viz/lab/figure.ts';
import { PAPER_LOOK } from '../../viz/lab/look.ts';
import { svgText } from '../../viz/lab/svg.ts';
import { defineCommand } from '../command.ts';
import { named, readBytes } from '../files.ts';
import { flag, usageError } from '../options.ts';
import { markdownReport } from './markdown.ts';

const OPTIONS = {
  csv: flag('Every number of every cell and of the paper, a line each.'),
  svg: flag('The table or figure as a picture.'),
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
    async run({ csv, json, svg }, path) {
      if ([csv, json, svg].filter(Boolean).length > 1)
        throw usageError('Give one of --csv, --json and --svg, not several.');
      const file = parseResultFile(await readBytes('FILE', path), named('FILE', path));
      if (file.results.length === 0)
        throw new NgcError('file', `${named('FILE', path)} holds no results.`);
      const experiment = experimentOf(file.experiment, experiments);
      const known: Known = { shipped: file.results, own: [] };
      if (json) process.stdout.write(`${JSON.stringify(file)}\n`);
      else if (csv) process.stdout.write(knownAsCsv(experiment, known));
      else if (svg) process.stdout.write(`${pictureOf(experiment, known)}\n`);
      else process.stdout.write(markdownReport(experiment, file.results));
    },
  });

/** In pixels; a picture that needs more height takes it. */
const SIZE = { width: 1000, height: 600 };

/** An experiment as an SVG. Throws a file error where the results hold nothing that it draws. */
function pictureOf(experiment: Experiment, known: Known): string {
  const picture = experimentPicture(experiment, known, SIZE, PAPER_LOOK);
  if (picture) return svgText(picture);
  throw new NgcError('file', `The results hold nothing that ${experiment.id} draws.`);
}
