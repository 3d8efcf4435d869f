import { knownAsCsv } from '../../experiments/csv.ts';
import type { Experiment } from '../../experiments/experiment.ts';
import { EXPERIMENTS, experimentOf } from '../../experiments/experiments.ts';
import type { Known } from '../../experiments/layers.ts';
import type { ResultFile } from '../../experiments/result.ts';
import { sealedJson } from '../../experiments/sealed.ts';
import { parseResultFile } from '../../lab/resultFiles.ts';
import { NgcError, printableLines } from '../../shared/errors.ts';
import { experimentPicture } from '../../viz/lab/figure.ts';
import { PAPER_LOOK } from '../../viz/lab/look.ts';
import { svgText } from '../../viz/lab/svg.ts';
import { defineCommand } from '../command.ts';
import { named, readBytes } from '../files.ts';
import { flag, usageError } from '../options.ts';
import { markdownReport, wholeReport } from './markdown.ts';

const OPTIONS = {
  csv: flag('Every number of every cell and of the paper, a line each.'),
  svg: flag('The table or figure as a picture.'),
  json: flag('The results as they are, checked.'),
} as const;

export const labReport = (experiments: readonly Experiment[] = EXPERIMENTS) =>
  defineCommand({
    name: 'lab report',
    summary: 'writes merged results to standard output: as a text in Markdown, or otherwise.',
    argument: { takes: 'FILE…', meaning: 'What "ngc lab merge" wrote.', several: true },
    options: OPTIONS,
    notes: [
      'The text has the paper’s numbers beside those that were measured, means ± standard deviations over seeds, and what made them: budget, images, machine, time, commands. Of several files it makes one text, which docs/reproduction.md is.',
    ],
    examples: [
      'npm run -s ngc -- lab report table-1.json > table-1.md',
      'npm run -s ngc -- lab report public/lab/*.json > docs/reproduction.md',
    ],
    async run({ csv, json, svg }, _, paths) {
      if ([csv, json, svg].filter(Boolean).length > 1)
        throw usageError('Give one of --csv, --json and --svg, not several.');
      const files = await Promise.all(paths.map((path) => reported(path, experiments)));
      const [first, ...more] = files;
      if (!first) return;
      if (more.length > 0 && (csv || json || svg))
        throw usageError('--csv, --json and --svg are of one FILE; give the files one by one.');
      const { experiment, file } = first;
      const known: Known = { shipped: file.results, own: [] };
      const write = (text: string) => process.stdout.write(printableLines(text));
      if (json) write(`${await sealedJson(file)}\n`);
      else if (csv) write(knownAsCsv(experiment, known));
      else if (svg) write(`${pictureOf(experiment, known)}\n`);
      else if (more.length === 0) write(markdownReport(experiment, file.results));
      else write(wholeReport(inOrder(files, experiments)));
    },
  });

interface Reported {
  readonly experiment: Experiment;
  readonly file: ResultFile;
}

/** A file of results and the experiment they are of. Throws a file error where it holds none. */
async function reported(path: string, experiments: readonly Experiment[]): Promise<Reported> {
  const name = named('FILE', path);
  const { file, sealed } = await parseResultFile(await readBytes('FILE', path), name);
  if (!sealed)
    process.stderr.write(`${name} carries no digest: that it is whole cannot be checked.\n`);
  if (file.results.length === 0) throw new NgcError('file', `${name} holds no results.`);
  return { experiment: experimentOf(file.experiment, experiments), file };
}

/** The Lab's order, whatever that of the arguments. Throws a usage error where two files are of one experiment. */
function inOrder(
  files: readonly Reported[],
  experiments: readonly Experiment[],
): readonly Reported[] {
  return experiments.flatMap((experiment) => {
    const [one, another] = files.filter((file) => file.experiment === experiment);
    if (another)
      throw usageError(
        `Two of the files hold results of ${experiment.id}; "ngc lab merge" makes one of them.`,
      );
    return one ?? [];
  });
}

/** In pixels; a picture that needs more height takes it. */
const SIZE = { width: 1000, height: 600 };

/** An experiment as an SVG. Throws a file error where the results hold nothing that it draws. */
function pictureOf(experiment: Experiment, known: Known): string {
  const picture = experimentPicture(experiment, known, SIZE, PAPER_LOOK);
  if (picture) return svgText(picture);
  throw new NgcError('file', `The results hold nothing that ${experiment.id} draws.`);
}
