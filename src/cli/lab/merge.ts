import { BUDGETS } from '../../experiments/experiment.ts';
import type { Experiment } from '../../experiments/experiment.ts';
import { EXPERIMENTS, experimentOf } from '../../experiments/experiments.ts';
import { sealedJson } from '../../experiments/sealed.ts';
import { mergeResults } from '../../lab/merging.ts';
import { grouped } from '../../shared/grouped.ts';
import { folderShelf } from '../../storage/folder.ts';
import { defineCommand } from '../command.ts';
import { writeWhole } from '../files.ts';
import { choice, needed, text } from '../options.ts';
import { checkReplaceable, FORCE_OPTION } from '../replacing.ts';
import { oneLine } from '../../shared/errors.ts';

const OPTIONS = {
  experiment: text('EXPERIMENT', 'Whose results, where the folders hold those of several.'),
  budget: choice('B', 'Of which budget, where the folders hold those of several.', BUDGETS),
  out: needed(text('FILE', 'Where to write the results (.json): one experiment, one budget.')),
  ...FORCE_OPTION,
} as const;

export const labMerge = (experiments: readonly Experiment[] = EXPERIMENTS) =>
  defineCommand({
    name: 'lab merge',
    summary: 'makes one file of the results of an experiment.',
    argument: { takes: 'DIR…', meaning: 'Folders that "lab run" wrote.', several: true },
    options: OPTIONS,
    notes: [
      'Of a cell that was run twice the newer result is taken, and it is said. What is damaged is renamed, named and left out: run it again. What carries no digest is named. The page shows such files from public/lab/EXPERIMENT.json as the results that it was shipped with.',
    ],
    examples: ['npm run -s ngc -- lab merge shard1 shard2 shard3 --out table-1.json'],
    async run({ experiment, budget, out, force }, _, folders) {
      if (experiment !== undefined) experimentOf(experiment, experiments);
      checkReplaceable('--out', out, 'file of results', force);
      const tell = (sentence: string) => void process.stdout.write(`${oneLine(sentence, 1000)}\n`);
      const merged = await mergeResults(folders.map(folderShelf), { experiment, budget }, tell);
      const bytes = new TextEncoder().encode(`${await sealedJson(merged)}\n`);
      await writeWhole('--out', out, bytes);
      const { length } = merged.results;
      tell(`Wrote ${out}: ${grouped(length)} results of ${merged.experiment}.`);
    },
  });
