import type { ReadModelFile } from '../../io/modelFile.ts';
import { decodeModel } from '../../io/modelFile.ts';
import type { Family } from '../../models/family.ts';
import { readModel } from '../../models/files.ts';
import type { SystemModel } from '../../models/systems.ts';
import { openSystem } from '../../models/systems.ts';
import type { FloatArray } from '../../shared/arrays.ts';
import {
  messageOf,
  NgcError,
  oneLine,
  printableLines,
  printableText,
} from '../../shared/errors.ts';
import { grouped } from '../../shared/grouped.ts';
import { parseJson } from '../../shared/json.ts';
import { columns, defineCommand } from '../command.ts';
import { readBytes } from '../files.ts';
import { flag } from '../options.ts';

/** Of what a card says so much is shown; --json has it all. */
const LONGEST = 400;

type Tensors = ReadonlyMap<string, FloatArray> | null;

const shapes = (tensors: Tensors, prefix = ''): [string, readonly number[]][] =>
  [...(tensors ?? [])].map(([name, { shape }]) => [prefix + name, shape]);

/** What a model file is, its settings checked: a model of images, or a system. */
function described(
  file: ReadModelFile,
  path: string,
  families: readonly Family[],
): Pick<SystemModel, 'title' | 'size' | 'config' | 'changed'> {
  try {
    const system = openSystem(file);
    if (system) return system;
    const { family, config } = readModel(file, families);
    return {
      title: family.titleOf(config.variant),
      size: config.sizes.join('-'),
      config,
      changed: family.changed(config),
    };
  } catch (error) {
    throw new NgcError('file', `${printableText(path)}: ${messageOf(error)}`);
  }
}

export const info = (families: readonly Family[]) =>
  defineCommand({
    name: 'info',
    summary: 'tells what a model file holds.',
    argument: { takes: 'M', meaning: 'The model file (.safetensors).' },
    options: { json: flag('Writes it as JSON.') },
    async run({ json }, path) {
      const bytes = await readBytes('Argument M', path);
      const file = decodeModel(bytes, path);
      const { parameters, optimizer, prior, training, card = {}, sealed } = file;
      const { title, size, config, changed } = described(file, path, families);
      const tensors = [
        ...shapes(parameters),
        ...shapes(prior, 'prior.'),
        ...shapes(optimizer, 'opt.'),
      ];
      const numbers = [...parameters.values()].reduce((sum, { data }) => sum + data.length, 0);
      const write = (text: string) => process.stdout.write(`${printableLines(text)}\n`);
      if (json) {
        write(
          JSON.stringify({
            file: path,
            bytes: bytes.length,
            digest: sealed,
            settings: config,
            synapses: numbers,
            tensors: Object.fromEntries(tensors),
            training,
            checkpoint: optimizer !== null,
            prior: prior !== null,
            card,
          }),
        );
        return;
      }
      const section = (title: string, rows: readonly (readonly [string, string])[]) =>
        write(`\n${title}\n${rows.length > 0 ? columns(rows) : '  none'}`);
      write(
        `${printableText(path)}: ${title}, ${size}, ${grouped(numbers)} synapses, ${grouped(bytes.length)} bytes`,
      );
      if (!sealed) write('It carries no digest: whether it is as it was written cannot be told.');
      section(
        'Settings (* not the default)',
        Object.entries(config).map(([key, value]) => [
          `${key}${Object.hasOwn(changed, key) ? ' *' : ''}`,
          Array.isArray(value) ? value.join(', ') : String(value),
        ]),
      );
      section(
        'Tensors',
        tensors.map(([name, shape]) => [printableText(name, 60), `[${shape.join(', ')}]`]),
      );
      section(
        `Training${optimizer ? ' (a checkpoint: --resume goes on exactly)' : ''}`,
        Object.entries(training ?? {})
          .filter(([, value]) => value !== null)
          .map(([key, value]) => [key, String(value)]),
      );
      section(
        'Prior',
        shapes(prior).length > 0
          ? [['yes', oneLine(card['prior'] ?? 'a Gaussian mixture', LONGEST)]]
          : [],
      );
      section(
        'Card',
        Object.entries(card).map(([key, said]) => [
          printableText(key, 60),
          oneLine(key === 'run' ? nameOf(said) : said, LONGEST),
        ]),
      );
    },
  });

/** What a run of the page is called: its curves are for the page, and for --json. */
function nameOf(run: string): string {
  try {
    const said = parseJson(run) as { card?: { name?: unknown } } | null;
    if (typeof said?.card?.name === 'string') return `${said.card.name} (a training of the page, with its curves)`; // prettier-ignore
  } catch {
    // Not JSON: nothing that the page wrote.
  }
  return 'unreadable';
}
