import { NgcError } from '../shared/errors.ts';
import { assemble } from './assemble.ts';
import type { NamedBytes } from './assemble.ts';
import { CATALOGUE, SPRITE_IMAGE, SPRITE_LABELS } from './catalogue.ts';
import type { FileRole } from './catalogue.ts';
import { HEIGHT, WIDTH } from './dataset.ts';
import type { Dataset } from './dataset.ts';
import type { CacheIo } from './browserCache.ts';
import { cacheParts, keptAt, openCache, storedAt } from './browserCache.ts';
import { digestFault } from './digest.ts';
import { download } from './download.ts';
import { asDataError } from './load.ts';
import type { DatasetReader, FiledDatasetId, LoadOptions } from './load.ts';
import { mirrorOf } from './mirrors.ts';
import { decodeSprite } from './sprite.ts';

/*
 * The places a page's worker looks for a dataset, best first: this browser's storage, beside the page, and, where its user said so, a
 * public mirror that lets other sites read. What they use of the browser is handed in, so that they run in tests.
 */

/** What the readers need of the browser. */
export interface BrowserIo extends CacheIo {
  readonly fetch: typeof fetch;
  /** Decodes a picture to its rows of grey values ([rows·784] bytes); null where that cannot be done. */
  readonly decodeRows: ((png: Uint8Array) => Promise<Uint8Array>) | null;
  /** Whether the user has said that a public mirror of a dataset may be asked. */
  mayAskMirror(id: FiledDatasetId): boolean;
}

/** The readers in the order page.md gives. A set found beside the page or on a mirror is kept in the browser. */
export function browserReaders(io: BrowserIo): DatasetReader[] {
  return [storageReader(io), ...sourceReaders(io)];
}

/** Those that fetch: what they find is kept in the browser. */
export function sourceReaders(io: BrowserIo): DatasetReader[] {
  return [besideReader(io), mirrorReader(io), spriteReader(io)];
}

/**
 * Whether a dataset may be had without the user's help: it is in this browser or beside the page, or there is a mirror that may
 * have it (whether it does shows when it is asked).
 */
export async function mayBeHad(io: BrowserIo, id: FiledDatasetId): Promise<boolean> {
  const [first] = CATALOGUE[id].files;
  if (mirrorOf(id) !== null || first === undefined) return true;
  if (await keptAt(io, storedAt(io, id, first.name))) return true;
  try {
    const { fetch } = io;
    const { ok, headers } = await fetch(new URL(`data/${id}/${first.name}`, io.base).href, {
      method: 'HEAD',
    });
    // A development server answers every address with its start page.
    return ok && !(headers.get('content-type') ?? '').startsWith('text/html');
  } catch {
    return false;
  }
}

/** Files kept by an earlier visit. */
function storageReader(io: BrowserIo): DatasetReader {
  const name = "this browser's storage";
  return {
    name,
    async read(id, { onProgress }) {
      if (!(await openCache(io))) return null;
      onProgress?.({ label: `Looking for ${CATALOGUE[id].title} in ${name}`, fraction: null });
      const get = async (file: string) => {
        const kept = await keptAt(io, storedAt(io, id, file));
        try {
          return kept ? new Uint8Array(await kept.arrayBuffer()) : null;
        } catch (error) {
          throw asDataError(error, `${name} could not be read`);
        }
      };
      const files = await publishedFiles(id, get);
      if (files) return assemble(id, files, name);
      const image = id === 'mnist' ? await get(SPRITE_IMAGE) : null;
      const labels = image && (await get(SPRITE_LABELS));
      return image && labels ? fromSprite(io, image, labels, name) : null;
    },
  };
}

/** Files put beside the page by `npm run data`. */
function besideReader(io: BrowserIo): DatasetReader {
  const name = 'beside the page';
  return {
    name,
    read: (id, options) => fromFolder(io, id, new URL(`data/${id}/`, io.base).href, name, options),
  };
}

/** Public mirrors that let pages of other sites read. */
function mirrorReader(io: BrowserIo): DatasetReader {
  const name = 'the public mirror';
  return {
    name,
    async read(id, options) {
      if (!io.mayAskMirror(id)) return null;
      for (const folder of CATALOGUE[id].crossOriginMirrors) {
        const dataset = await fromFolder(io, id, folder, name, options, options.verify === true);
        if (dataset) return dataset;
      }
      return null;
    },
  };
}

/** MNIST as one picture, which allows cross-origin reads: 55,000 + 10,000 digits. */
function spriteReader(io: BrowserIo): DatasetReader {
  const name = "TensorFlow.js's copy of MNIST";
  return {
    name,
    async read(id, options) {
      const sprite = CATALOGUE[id].sprite;
      if (!sprite || !io.decodeRows || !io.mayAskMirror(id)) return null;
      const get = fileGetter(io, id, 2, options);
      const labels = await get(sprite.labels);
      const image = labels && (await get(sprite.image));
      if (!image) return null;
      const dataset = await fromSprite(io, image, labels, name);
      await keep(io, id, [
        { name: SPRITE_IMAGE, bytes: image },
        { name: SPRITE_LABELS, bytes: labels },
      ]);
      return dataset;
    },
  };
}

async function fromSprite(
  io: BrowserIo,
  image: Uint8Array,
  labels: Uint8Array,
  source: string,
): Promise<Dataset | null> {
  if (!io.decodeRows) return null;
  let rows;
  try {
    rows = await io.decodeRows(image);
  } catch (error) {
    throw asDataError(error, `${SPRITE_IMAGE} could not be decoded`);
  }
  const { title, classNames } = CATALOGUE.mnist;
  const notices = [
    'MNIST came from one picture made for browsers: 55,000 digits to train and 10,000 to test.',
  ];
  return {
    id: 'mnist',
    title,
    width: WIDTH,
    height: HEIGHT,
    classNames,
    ...decodeSprite(rows, labels),
    source,
    notices,
  };
}

async function fromFolder(
  io: BrowserIo,
  id: FiledDatasetId,
  folder: string,
  source: string,
  options: LoadOptions,
  verify = false,
): Promise<Dataset | null> {
  const get = fileGetter(io, id, CATALOGUE[id].files.length, options, verify);
  const files = await publishedFiles(id, (file) => get(folder + file));
  if (!files) return null;
  const dataset = await assemble(id, files, source);
  // Only what has been decoded and checked is kept.
  await keep(io, id, [...files.values()]);
  return dataset;
}

/**
 * All files of a published set, or null where the first is not there.
 * @throws NgcError('data') where some are there and one is missing.
 */
async function publishedFiles(
  id: FiledDatasetId,
  get: (name: string) => Promise<Uint8Array | null>,
): Promise<Map<FileRole, NamedBytes> | null> {
  const files = new Map<FileRole, NamedBytes>();
  for (const { role, name } of CATALOGUE[id].files) {
    const bytes = await get(name);
    if (!bytes && files.size === 0) return null;
    if (!bytes)
      throw new NgcError('data', `${name} is missing, though other files of the set are there.`);
    files.set(role, { name, bytes });
  }
  return files;
}

/** Downloads one file after another, with progress over all `count` of them. */
function fileGetter(
  io: BrowserIo,
  id: FiledDatasetId,
  count: number,
  options: LoadOptions,
  verify = false,
) {
  const { onProgress, signal } = options;
  const label = `Loading ${CATALOGUE[id].title}`;
  const expected = CATALOGUE[id].files.map((file) => file.bytes ?? 0);
  // Files differ a thousandfold in size: where the sizes are known, progress goes by bytes.
  const weights =
    expected.every((bytes) => bytes > 0) && expected.length === count ? expected : null;
  const sum = weights?.reduce((a, b) => a + b, 0) ?? count;
  const parts = cacheParts(io);
  const whole: { url: string; bytes: Uint8Array }[] = [];
  let refused = false;
  let before = 0;
  let index = 0;
  return async (url: string): Promise<Uint8Array | null> => {
    const weight = weights?.[index] ?? 1;
    const published = CATALOGUE[id].files.find(({ name }) => url.endsWith(`/${name}`));
    const check = async (bytes: Uint8Array) => {
      const fault = verify && published ? await digestFault(bytes, published) : null;
      refused = fault !== null;
      return fault;
    };
    try {
      const bytes = await download(url, {
        ...{ fetch: io.fetch, signal, parts, check },
        onBytes(done, total) {
          const part = total === null ? null : Math.min(1, done / total);
          onProgress?.({ label, fraction: part === null ? null : (before + weight * part) / sum });
        },
      });
      before += weight;
      index += 1;
      if (bytes) whole.push({ url, bytes });
      return bytes;
    } catch (error) {
      // What has come whole need not come again; of a set that is not what it should be nothing stays.
      for (const file of whole)
        if (refused) await parts?.remove(file.url);
        else await parts?.write(file.url, { bytes: file.bytes, tag: null, whole: true });
      throw error;
    }
  };
}

/** Keeps files for the next visit; a full or forbidden storage is no reason to fail. */
async function keep(
  io: BrowserIo,
  id: FiledDatasetId,
  files: readonly NamedBytes[],
): Promise<void> {
  const cache = await openCache(io);
  if (!cache) return;
  try {
    for (const { name, bytes } of files)
      await cache.put(
        storedAt(io, id, name),
        new Response(bytes as Uint8Array<ArrayBuffer>, {
          headers: { 'content-type': 'application/octet-stream' },
        }),
      );
  } catch {
    // The set is loaded; it is only not remembered.
  }
}
