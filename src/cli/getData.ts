/**
 * Puts a dataset where the page and the command line find it: `npm run data -- [DATASET] [--from DIR] [--to DIR]`.
 * Exit status: 0 done; 1 the download failed or was stopped; 2 the command or a file was wrong.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

import { assemble } from '../data/assemble.ts';
import { CATALOGUE } from '../data/catalogue.ts';
import type { CatalogueEntry, PublishedFile } from '../data/catalogue.ts';
import { isGzip } from '../data/compression.ts';
import { DATASET_IDS } from '../data/dataset.ts';
import { unpackIdx } from '../data/idx.ts';
import type { FiledDatasetId } from '../data/load.ts';
import { NgcError, messageOf, printable, printableText } from '../shared/errors.ts';
import { grouped } from '../shared/grouped.ts';
import { DownloadFailed, downloadFile } from './dataDownload.ts';
import { findDataFolder, readDataFolder } from './dataFiles.ts';
import { fileReason } from '../io/fileReason.ts';
import { named, writeWhole } from './files.ts';
import { parseCommand, text, usageError } from './options.ts';
import { Progress } from './progress.ts';
import { checkReplaceable, FORCE_OPTION } from './replacing.ts';
import { sha256 } from '../shared/sha256.ts';

const IDS = DATASET_IDS.filter((id): id is FiledDatasetId => id !== 'synthetic');

const HELP = `Puts a dataset into public/data/, for the page and the command line.

Usage: npm run data [-- DATASET] [--from DIR] [--to DIR] [--mirror URL] [--force]

DATASET     ${IDS.join(', ')}; default mnist
--from DIR  copies instead of downloading: DIR holds the files, or a folder named like the dataset that does
--to DIR    where to put them; default public/data/DATASET
--mirror URL  a folder on the web to try before the public mirrors
--force     with --from: writes over files of these names that are no files of a dataset

An interrupted download goes on where it stopped. Exit status: 0 done; 1 the download failed or was
stopped; 2 the command or a file was wrong.`;

const OPTIONS = {
  from: text('DIR', 'Copies from this folder instead of downloading.'),
  to: text('DIR', 'Where to put the files.'),
  mirror: text('URL', 'A folder on the web to try first.'),
  ...FORCE_OPTION,
} as const;

/** What a test replaces. */
export interface GetDataEnvironment {
  readonly catalogue?: Readonly<Record<FiledDatasetId, CatalogueEntry>>;
  readonly patienceMs?: number;
  readonly signal?: AbortSignal;
  /** Where lasting lines go; by default to the terminal's progress. */
  readonly say?: (line: string) => void;
}

/**
 * The whole command.
 * @throws NgcError: DownloadFailed and 'cancelled' mean status 1, all others 2.
 */
export async function getData(
  args: readonly string[],
  environment: GetDataEnvironment = {},
): Promise<void> {
  const { help, values, positionals } = parseCommand(args, OPTIONS);
  const progress = new Progress();
  const say = environment.say ?? ((line: string) => progress.note(line));
  if (help) {
    say(HELP);
    return;
  }
  const [word = 'mnist', extra] = positionals;
  const id = IDS.find((known) => known === word);
  if (word === 'synthetic')
    throw usageError('The synthetic digits are built in: there is nothing to download.');
  if (!id) throw usageError(`Unknown dataset ${printable(word)}; known are ${IDS.join(', ')}.`);
  if (extra !== undefined)
    throw usageError(`One dataset at a time: ${printable(extra)} is too much.`);
  if (values.from !== undefined && values.mirror !== undefined)
    throw usageError('Give --from or --mirror, not both.');

  const to = values.to ?? fileURLToPath(new URL(`../../public/data/${id}`, import.meta.url));
  const entry = (environment.catalogue ?? CATALOGUE)[id];
  if (values.from !== undefined)
    await copy(id, entry, { from: values.from, to, force: values.force }, say);
  else
    await downloadAll(id, entry, mirrorsOf(entry, values.mirror), to, progress, say, environment);
}

function mirrorsOf(entry: CatalogueEntry, first: string | undefined): readonly string[] {
  if (first === undefined) return entry.mirrors;
  if (!/^https?:\/\//.test(first) || !URL.canParse(first))
    throw usageError(
      `Option --mirror must be a web address (https://…/), not ${printable(first)}.`,
    );
  return [first.endsWith('/') ? first : `${first}/`, ...entry.mirrors];
}

async function copy(
  id: FiledDatasetId,
  entry: CatalogueEntry,
  { from, to, force }: { readonly from: string; readonly to: string; readonly force: boolean },
  say: (line: string) => void,
): Promise<void> {
  if (existsSync(to))
    for (const { name } of entry.files)
      checkReplaceable('--to', join(to, name), 'file of a dataset', force);
  const found = findDataFolder(id, from, '--from');
  const files = await readDataFolder(found, '--from');
  // Decodes everything, so that nothing is written unless all of it can be used.
  const { train, test, notices } = await assemble(id, files, found.dir);
  let asPublished = true;
  for (const published of entry.files) {
    const { name, bytes } = files.get(published.role)!;
    await refuseMnist(id, name, bytes);
    asPublished &&= (await fault(published, bytes)) === null;
  }
  await makeFolder(to);
  for (const published of entry.files) {
    const { bytes } = files.get(published.role)!;
    const packed = published.name.endsWith('.gz') && !isGzip(bytes) ? gzipSync(bytes) : bytes;
    await writeWhole('--to', join(to, published.name), packed);
  }
  for (const notice of notices) say(notice);
  if (notices.length === 0)
    say(
      asPublished
        ? 'Checked: as published.'
        : 'Readable and complete, but packed anew or without a published digest: not compared with the published files.',
    );
  say(
    `${entry.title}: ${grouped(train.count)} pictures to train, ${grouped(test.count)} to test, copied from ${found.dir} to ${to}.`,
  );
}

async function makeFolder(to: string): Promise<void> {
  await mkdir(to, { recursive: true }).catch((error: unknown) => {
    throw new NgcError('file', `${named('--to', to)} cannot be made: ${fileReason(error)}.`);
  });
}

/** The relatives of MNIST name their files as MNIST does: its files must not pass for theirs. */
async function refuseMnist(id: FiledDatasetId, name: string, bytes: Uint8Array): Promise<void> {
  if (id === 'mnist' || id === 'caltech101') return;
  const digest = await sha256(await unpackIdx(bytes, name));
  if (CATALOGUE.mnist.files.some((file) => file.unpackedSha256 === digest))
    throw new NgcError(
      'data',
      `${printableText(name)} is a file of MNIST, not of ${CATALOGUE[id].title}.`,
    );
}

/** What is wrong with a file's bytes by the published digests; null when they are right or none is published. */
async function fault(published: PublishedFile, bytes: Uint8Array): Promise<string | null> {
  const { md5, unpackedSha256 } = published;
  if (md5 !== null && createHash('md5').update(bytes).digest('hex') === md5) return null;
  if (unpackedSha256 !== null) {
    // Packed anew, but the same inside.
    const inside = await unpackIdx(bytes, published.name).catch(() => null);
    if (inside && (await sha256(inside)) === unpackedSha256) return null;
  }
  return md5 === null && unpackedSha256 === null
    ? null
    : `sent ${grouped(bytes.length)} bytes that are not the published file (its digest is another)`;
}

async function downloadAll(
  id: FiledDatasetId,
  entry: CatalogueEntry,
  mirrors: readonly string[],
  to: string,
  progress: Progress,
  say: (line: string) => void,
  environment: GetDataEnvironment,
): Promise<void> {
  await makeFolder(to);
  say(`${entry.title} (${entry.licence})`);
  for (const published of entry.files) {
    const path = join(to, published.name);
    const already = await readFile(path).catch(() => null);
    // Without a published digest only reading the file tells whether it is right.
    const check = async (bytes: Uint8Array) =>
      (await fault(published, bytes)) ?? (await unreadable(id, published, bytes));
    if (already && (await check(already)) === null) {
      say(`${published.name}: already there.`);
      continue;
    }
    const mirror = await downloadFile(published.name, mirrors, path, {
      check: async (part) => check(await readFile(part)),
      onBytes: (done, told) => {
        const total = told ?? published.bytes;
        progress.show(
          total === null ? 0 : done / total,
          () =>
            `${published.name}: ${grouped(done)}${total === null ? '' : ` of ${grouped(total)}`} bytes`,
        );
      },
      ...(environment.patienceMs !== undefined && { patienceMs: environment.patienceMs }),
      ...(environment.signal && { signal: environment.signal }),
    });
    say(`${published.name}: from ${new URL(mirror).host}, checked.`);
  }
  const files = await readDataFolder(findDataFolder(id, to, '--to'), '--to');
  const { train, test } = await assemble(id, files, to);
  say(
    `${entry.title}: ${grouped(train.count)} pictures to train, ${grouped(test.count)} to test, in ${to}.`,
  );
}

async function unreadable(
  id: FiledDatasetId,
  published: PublishedFile,
  bytes: Uint8Array,
): Promise<string | null> {
  if (published.role !== 'all') return null;
  try {
    await assemble(id, new Map([[published.role, { name: published.name, bytes }]]), '');
    return null;
  } catch (error) {
    return `sent a file that cannot be read: ${messageOf(error)}`;
  }
}

/** One line on standard error, and the exit status that goes with it. */
export function reportFailure(error: unknown): 1 | 2 {
  const sentence = messageOf(error).replace(/\s+/g, ' ').trim();
  const expected = error instanceof NgcError;
  process.stderr.write(`data: ${expected ? sentence : `The run failed: ${sentence}`}\n`);
  if (error instanceof DownloadFailed) return 1;
  return expected && error.kind !== 'cancelled' ? 2 : 1;
}

const script = process.argv[1];
if (script !== undefined && import.meta.url === pathToFileURL(script).href) {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  getData(process.argv.slice(2), { signal: stop.signal }).then(
    () => process.exit(0),
    (error: unknown) => process.exit(reportFailure(error)),
  );
}
