import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { choice, decimal, flag, needed, parseCommand, repeated, several, text, whole, wholes } from '../../src/cli/options.ts'; // prettier-ignore
import { ngc } from '../../src/models/ngc.ts';
import { parseSettings } from '../../src/cli/settings.ts';
import { ownFromFiles } from '../../src/data/dropped.ts';
import { decodeIdxImages, decodeIdxLabels, unpackIdx } from '../../src/data/idx.ts';
import { silhouettesFromMat } from '../../src/data/silhouettes.ts';
import { decodeModel, encodeModel } from '../../src/io/modelFile.ts';
import { parseSafetensors } from '../../src/io/safetensors.ts';
import { changesNetwork, defaultConfig, parseConfig } from '../../src/ngc/config/parse.ts';
import { SETTINGS } from '../../src/ngc/config/settings.ts';
import { parseSetting } from '../../src/store/settingValues.ts';
import { readHash, readSettings } from '../../src/store/urlState.ts';
import { idxImages, idxLabels, MatWriter, MI, MX } from '../data/files.ts';
import { expectLine, nastyText, refusesInALine } from '../helpers/lines.ts';
import { rawFile } from '../io/files.ts';

/*
 * Whatever a file, a configuration, the command line or the address holds, what is said about it is one line that can be
 * read.
 */
const bytes = fc.uint8Array({ maxLength: 300 });
/** A whole file with a few bytes changed, or cut off. */
const damaged = (file: Uint8Array) =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 4 }),
      fc.option(fc.nat(file.length)),
    )
    .map(([changes, end]) => {
      const copy = file.slice(0, end ?? file.length);
      for (const [at, byte] of changes) if (at < copy.length) copy[at] = byte;
      return copy;
    });

/** Checks many cases; most of them must have been refused, or nothing has been tested. */
async function refuses<T>(cases: fc.Arbitrary<T>, work: (given: T) => unknown, runs = 500) {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(cases, async (given) => {
      if (await refusesInALine(() => work(given))) refused++;
    }),
    { numRuns: runs },
  );
  expect(refused).toBeGreaterThan(runs / 4);
}

describe('what is said about', () => {
  test('IDX files', async () => {
    const images = fc.oneof(bytes, damaged(idxImages(2)));
    await refuses(fc.tuple(images, nastyText), ([file, name]) => decodeIdxImages(file, name));
    const labels = fc.oneof(bytes, damaged(idxLabels(5)));
    await refuses(fc.tuple(labels, nastyText), ([file, name]) => decodeIdxLabels(file, name, 3));
  });

  test('packed files', async () => {
    const packed = bytes.map((rest) => Uint8Array.from([0x1f, 0x8b, 8, ...rest]));
    await refuses(fc.tuple(packed, nastyText), ([file, name]) => unpackIdx(file, name), 200);
  });

  test('dropped files', async () => {
    const content = fc.oneof(bytes, fc.constantFrom(idxImages(1), idxImages(2), idxLabels(2)));
    const name = fc.oneof(
      nastyText,
      nastyText.map((start) => `${start}.mat`),
    );
    const files = fc.array(fc.record({ name, bytes: content }), { maxLength: 8 });
    await refuses(files, (given) => ownFromFiles(given));
  });

  test('.mat files', async () => {
    const writer = new MatWriter();
    const dims = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    const three = writer.numbers([1, 2, 3], MI.uint8);
    const named = nastyText.map((name) => writer.file(writer.matrix(name, MX.uint8, dims, three)));
    const files = fc.oneof(bytes, named, named.chain(damaged));
    await refuses(fc.tuple(files, nastyText), ([file, name]) => silhouettesFromMat(file, name, ''));
  });

  test('safetensors and model files', async () => {
    const entry = fc.record(
      {
        dtype: fc.oneof(fc.constantFrom('F32', 'F16'), nastyText),
        shape: fc.oneof(fc.array(fc.nat(9), { maxLength: 900 }), fc.anything()),
        data_offsets: fc.oneof(fc.tuple(fc.nat(8), fc.nat(8)), fc.anything()),
      },
      { requiredKeys: [] },
    );
    const header = fc
      .tuple(fc.dictionary(nastyText, entry), fc.option(fc.dictionary(nastyText, nastyText)))
      .map(([tensors, metadata]) => {
        const plain = (_: string, value: unknown) =>
          typeof value === 'bigint' || typeof value === 'symbol' ? String(value) : value;
        return JSON.stringify(
          { ...(metadata ? { __metadata__: metadata } : {}), ...tensors },
          plain,
        );
      })
      .map((json) => rawFile(json, [0, 0, 0, 0, 0, 0, 0, 0]));
    const whole = encodeModel({
      config: defaultConfig('gncn-pdh'),
      parameters: new Map([['W1', { shape: [2], data: new Float32Array(2) }]]),
      ...{ prior: null, optimizer: null, training: null },
    });
    const metadata = fc
      .record({
        format: fc.oneof(nastyText, fc.constant('ngc-model')),
        version: nastyText,
        config: nastyText,
        step: nastyText,
      })
      .map((given) => rawFile(JSON.stringify({ __metadata__: given }), []));
    const files = fc.oneof(header, bytes, damaged(whole), metadata);
    await refuses(fc.tuple(files, nastyText), ([file, name]) => parseSafetensors(file, name));
    await refuses(fc.tuple(files, nastyText), ([file, name]) => decodeModel(file, name));
  });

  test('configurations', async () => {
    const key = fc.oneof(nastyText, fc.constantFrom(...SETTINGS.map((setting) => setting.key)));
    const settings = fc.dictionary(key, fc.oneof(fc.anything(), nastyText, fc.double()));
    await refuses(fc.oneof(settings, fc.anything()), (given) => parseConfig(given));
    await refuses(settings, (given) => changesNetwork(defaultConfig('gncn-pdh'), given));
    for (const setting of SETTINGS)
      await refuses(
        fc.oneof(fc.anything(), nastyText),
        (value) => parseConfig({ variant: 'gncn-pdh', [setting.key]: value }),
        100,
      );
  });

  test('a command line', async () => {
    const options = {
      count: needed(whole('N', 'How many.', 1, 9)),
      sizes: wholes('N,…', 'Sizes.', 1, 9),
      rate: decimal('R', 'A rate.', 0, 1),
      form: choice('F', 'A form.', ['round', 'square']),
      parts: several('P', 'Parts.', ['a', 'b']),
      out: text('FILE', 'A file.'),
      set: repeated('K=V', 'Settings.'),
      quiet: flag('Says nothing.'),
    };
    const word = fc.oneof(
      nastyText,
      nastyText.map((name) => `--${name}`),
      fc.constantFrom(...Object.keys(options).map((name) => `--${name}`)),
      fc
        .tuple(fc.constantFrom(...Object.keys(options)), nastyText)
        .map(([name, value]) => `--${name}=${value}`),
    );
    await refuses(fc.array(word, { maxLength: 6 }), (args) => parseCommand(args, options));
    const setting = fc
      .tuple(fc.oneof(nastyText, fc.constantFrom('beta', 'sizes', 'variant')), nastyText)
      .map((pair) => pair.join('='));
    await refuses(fc.array(fc.oneof(setting, nastyText), { minLength: 1 }), (texts) => parseSettings(texts, ngc)); // prettier-ignore
  });

  test('an address, and a field of the page', () => {
    const key = fc.oneof(nastyText, fc.constantFrom('model', 'seed', 'speed', 'beta', 'sizes'));
    let refused = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(key, nastyText), { minLength: 1 }), (pairs) => {
        const read = readHash(`#${new URLSearchParams(pairs.map(([k, v]) => [k, v])).toString()}`);
        const said = [...read.refused, ...readSettings(read.rest, SETTINGS).refused];
        refused += said.length;
        for (const { sentence } of said) expectLine(sentence);
      }),
      { numRuns: 500 },
    );
    expect(refused).toBeGreaterThan(500);
    for (const setting of SETTINGS)
      fc.assert(
        fc.property(nastyText, (given) => {
          const parsed = parseSetting(setting, given);
          if ('refused' in parsed) expectLine(parsed.refused);
        }),
      );
  });
});
