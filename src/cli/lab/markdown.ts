import { claimantOf } from '../../experiments/claimants.ts';
import type { Experiment, LabDataset, Quantity, Row } from '../../experiments/experiment.ts';
import { columnsOf } from '../../experiments/layers.ts';
import { printedAt } from '../../experiments/printed.ts';
import type { CellResult, ResultFile } from '../../experiments/result.ts';
import { quantitiesOf, resultsAt, summarise } from '../../experiments/summary.ts';
import { DATASET_TITLES } from '../../experiments/titles.ts';
import { grouped } from '../../shared/grouped.ts';
import { duration } from '../progress.ts';

/** "66.47 ± 0.07 (3)": mean, spread and seeds; of one seed only the number. */
function spread(
  { mean, deviation }: { readonly mean: number; readonly deviation: number | null },
  digits: number,
  seeds?: number,
): string {
  const number = mean.toFixed(digits).replace('-', '−');
  if (deviation === null) return number;
  const of = seeds === undefined ? '' : ` (${seeds})`;
  return `${number} ± ${deviation.toFixed(digits)}${of}`;
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** A table in Markdown; text is aligned left, numbers right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** The results of a place, and whether one of them diverged. */
interface At {
  readonly row: Row;
  readonly point: number | null;
  readonly results: readonly CellResult[];
}

function placesOf(
  { rows }: Experiment,
  dataset: LabDataset,
  results: readonly CellResult[],
): readonly At[] {
  return rows.flatMap((row) => {
    const those = resultsAt(results, { row: row.key, dataset });
    const points = [...new Set(those.map(({ point }) => point))];
    points.sort((a, b) => (a ?? 0) - (b ?? 0));
    if (points.length === 0) return [{ row, point: null, results: [] }];
    return points.map((point) => ({
      row,
      point,
      results: those.filter((result) => result.point === point),
    }));
  });
}

/** One data set: what is claimed and what was measured, a line a model (and a point of the axis). */
function datasetTable(
  experiment: Experiment,
  dataset: LabDataset,
  results: readonly CellResult[],
): string {
  const places = placesOf(experiment, dataset, results);
  const all = quantitiesOf(experiment);
  const quantities = all.length > 0 ? all : columnsOf(experiment);
  const printed = quantities.filter((quantity) =>
    places.some(({ row, point }) =>
      printedAt(experiment.id, { row: row.key, dataset, point }, quantity.key),
    ),
  );
  const pointed = places.some(({ point }) => point !== null);
  const { word } = claimantOf(experiment);
  const head = [
    'model',
    ...(pointed ? [experiment.pointsAre ?? 'images'] : []),
    ...quantities.flatMap((quantity) => [
      ...(printed.includes(quantity) ? [`${quantity.title}, ${word}`] : []),
      quantity.title,
    ]),
  ];
  const rows = places.map(({ row, point, results: those }) => [
    row.title,
    ...(pointed ? [point === null ? '' : grouped(point)] : []),
    ...quantities.flatMap((quantity) => {
      const place = { row: row.key, dataset, point };
      const said = printedAt(experiment.id, place, quantity.key);
      return [
        ...(printed.includes(quantity) ? [said ? spread(said, quantity.digits) : '–'] : []),
        measured(those, place, quantity),
      ];
    }),
  ]);
  return table(head, rows);
}

function measured(
  results: readonly CellResult[],
  place: { readonly row: string; readonly dataset: LabDataset; readonly point: number | null },
  quantity: Quantity,
): string {
  if (results.length === 0) return 'not run here';
  const found = summarise(results, place, quantity);
  const diverged = results.filter(({ state }) => state === 'diverged').length;
  const lost = diverged > 0 ? ` (${diverged} of ${results.length} diverged)` : '';
  return `${found ? spread(found, quantity.digits, found.seeds) : '–'}${lost}`;
}

/** "1,000 images": on how many images a quantity was measured, where the results say so. */
function imagesOf(results: readonly CellResult[]): string {
  const counts = new Map<string, Set<number>>();
  for (const { numbers } of results)
    for (const [name, value] of Object.entries(numbers))
      if (name.startsWith('n.'))
        counts.set(name.slice(2), (counts.get(name.slice(2)) ?? new Set()).add(value));
  const groups = new Map<string, string[]>();
  for (const [name, values] of counts) {
    const images = [...values].sort((a, b) => a - b).map(grouped).join(' or '); // prettier-ignore
    groups.set(images, [...(groups.get(images) ?? []), name]);
  }
  return [...groups].map(([images, names]) => `${names.join(', ')} on ${images}`).join('; ');
}

function seedsOf(results: readonly CellResult[]): string {
  const seeds = new Set(results.map(({ seed }) => seed)).size;
  if (seeds === 1) return 'one seed';
  return `up to ${seeds} seeds a model: means ± standard deviations over seeds (their number)`;
}

/** What made the results: budgets, test images, machines, time, and the commands. */
function madeBy(experiment: Experiment, results: readonly CellResult[]): string {
  const unique = (values: readonly string[]) => [...new Set(values)].sort();
  const origins = results.map(({ origin }) => origin);
  const dates = unique(origins.map(({ date }) => date.slice(0, 10)));
  const total = (key: 'training' | 'measuring') =>
    duration(origins.reduce((sum, origin) => sum + origin[key], 0));
  const whole = unique(origins.map(({ budget }) => `\`npm run -s ngc -- lab run ${experiment.id} --budget ${budget} --out results\``)); // prettier-ignore
  const images = imagesOf(results);
  const words = unique(results.flatMap(({ words: said }) => said['data'] ?? []));
  return [
    `- Budget: ${unique(origins.map(({ budget }) => budget)).join(', ')}. ${results.length} cells; ${seedsOf(results)}.`,
    ...(images === '' ? [] : [`- Test images: ${images}.`]),
    ...words.map((sentence) => `- ${sentence}`),
    `- Computed ${dates.length > 1 ? `from ${dates[0]} to ${dates.at(-1)}` : `on ${dates[0]}`}: ${total('training')} of training, ${total('measuring')} of measuring, on ${unique(origins.map(({ machine, backend }) => `${machine}, ${backend}`)).join('; ')}.`,
    `- All again: ${whole.join(', ')}; one cell: add \`--cells NAME\`, for instance \`${results[0]!.key}\`.`,
  ].join('\n');
}

/** The results of an experiment as a text in Markdown: the claimed numbers beside those that were measured, and what made them. */
export function markdownReport(experiment: Experiment, results: readonly CellResult[]): string {
  const { title, question, source, notes, datasets } = experiment;
  const has = quantitiesOf(experiment).length > 0;
  const run = datasets.filter((dataset) => results.some((result) => result.dataset === dataset));
  const others = datasets.filter((dataset) => !run.includes(dataset));
  const parts = [
    `## ${title}`,
    `${question}${source === null ? '' : ` (${source})`}`,
    ...(has
      ? run.map((dataset) => `### ${DATASET_TITLES[dataset]}\n\n${datasetTable(experiment, dataset, results)}`) // prettier-ignore
      : ['Its pictures are on the page, in the Lab.']),
    ...(others.length > 0
      ? [`Not run here: ${others.map((dataset) => DATASET_TITLES[dataset]).join(', ')}.`]
      : []),
    ...(notes.length > 0 ? [notes.map((note) => `- ${note}`).join('\n')] : []),
    ...(results.length > 0 ? [`Made by:\n\n${madeBy(experiment, results)}`] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

const PREFACE = `# What the Lab measured

Every number here was computed by this repository, and stands on the page beside what is claimed: by the paper, or by another program that tried
predictive coding before. This text is made of the page’s own files and is
not to be edited:

\`\`\`sh
npm run -s ngc -- lab report public/lab/*.json > docs/reproduction.md
\`\`\`

Images are binarised (pixel > 127); networks of predictive coding see them in grey. 2,000 training images (of a small set a tenth) are held out of every training; on them settings were compared
([choices.md](choices.md) says what was, and what was found earlier with test images in sight). A dash: nobody claims such a number, or it says nothing of that model.
`;

/** The results of several experiments as one text in Markdown. */
export function wholeReport(
  experiments: readonly { readonly experiment: Experiment; readonly file: ResultFile }[],
): string {
  const texts = experiments.map(({ experiment, file }) => markdownReport(experiment, file.results));
  return [PREFACE, ...texts].join('\n');
}
