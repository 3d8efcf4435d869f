import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, describe, expect, test } from 'vitest';

import { ownFromFiles } from '../../src/data/dropped.ts';
import { ownFromTables } from '../../src/data/droppedTables.ts';
import { silhouettesFromMat } from '../../src/data/silhouettes.ts';
import { encodeModel } from '../../src/io/modelFile.ts';
import { messageOf, NgcError } from '../../src/shared/errors.ts';
import { readHash } from '../../src/store/urlState.ts';
import { idx, MatWriter, MI, MX } from '../data/files.ts';
import { cellResult } from '../helpers/labResults.ts';
import { LINE } from '../helpers/lines.ts';
import { rawFile } from '../io/files.ts';
import { ngc, temporaryFolder } from './helpers.ts';

/*
 * Whatever text a file carries, or is called, nobody's terminal or page does anything but show it: what clears a screen, moves the
 * cursor or turns the direction of writing is escaped wherever it is said again.
 */
const EVIL = '\u001b[2J\u009b31m\u202eevil\u2028\u0007\r';
/** Names of files cannot hold some of it. */
const EVIL_NAME = 'a\u001b[2J\u009b31m\u202e';
const folder = temporaryFolder();
const at = (name: string) => join(folder, name);

const printed = (text: string) => {
  for (const line of text.split('\n')) expect(line).toMatch(LINE);
};
const CONFIG = { variant: 'gncn-t1', sizes: [4, 3] };
const matrix = { shape: [3, 4], data: new Float32Array(12) };
const model = (change: object = {}) =>
  encodeModel({
    ...{ config: CONFIG, parameters: new Map([['W1', matrix]]), optimizer: null, training: null },
    prior: new Map([[EVIL, matrix]]),
    card: { [EVIL]: EVIL, prior: EVIL, run: JSON.stringify({ card: { name: EVIL } }), long: 'x'.repeat(1e5) }, // prettier-ignore
    ...change,
  });

beforeAll(() => mkdirSync(at(EVIL_NAME)));

describe('ngc', () => {
  test.each([[[]], [['--json']]])('info %j shows a card and no more', async (options) => {
    const path = at(`${EVIL_NAME}.safetensors`);
    writeFileSync(path, model());
    const { status, stdout } = await ngc('info', path, ...options);
    expect(status).toBe(0);
    expect(stdout).toContain('\\u001b[2J');
    printed(stdout);
    if (options.length === 0)
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThan(600); // prettier-ignore
    else expect(JSON.parse(stdout)).toMatchObject({ card: { [EVIL]: EVIL } });
  });

  const meta = (metadata: object, more: object = {}) =>
    rawFile(JSON.stringify({ __metadata__: { format: 'ngc', version: '1', config: JSON.stringify(CONFIG), ...metadata }, ...more }), []); // prettier-ignore
  const entry = { dtype: 'F32', shape: [0], data_offsets: [0, 0] };
  test.each<[string, Uint8Array]>([
    ['a tensor', encodeModel({ config: CONFIG, parameters: new Map([[EVIL, matrix]]), prior: null, optimizer: null, training: null })], // prettier-ignore
    ['a format', meta({ format: EVIL })],
    ['a version', meta({ version: EVIL })],
    ['a variant', meta({ config: JSON.stringify({ variant: EVIL }) })],
    ['a setting', meta({ config: JSON.stringify({ ...CONFIG, [EVIL]: 1 }) })],
    ['a value', meta({ config: JSON.stringify({ ...CONFIG, beta: EVIL }) })],
    ['a place in the training', meta({ step: EVIL })],
    ['a type of numbers', meta({}, { a: { ...entry, dtype: EVIL } })],
    ['a name of a tensor', meta({}, { [EVIL]: { ...entry, shape: [EVIL] } })],
  ])('refuses a model with evil in %s in one line', async (_, bytes) => {
    const path = at(`${EVIL_NAME}-bad.safetensors`);
    writeFileSync(path, bytes);
    for (const args of [
      ['sample', '--model', path, '--count', '1', '--out', at('o.safetensors'), '--backend', 'cpu'],
      ['train', '--resume', path, '--dataset', 'synthetic', '--out', at('o.safetensors')],
    ]) {
      const { status, stderr } = await ngc(...args);
      expect(status).toBeGreaterThan(0);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      printed(stderr);
    }
  });

  test('lab report shows what results say', async () => {
    const path = at(`${EVIL_NAME}.json`);
    const result = cellResult({
      ...{ reason: EVIL, words: { prior: EVIL, classifier: EVIL } },
      origin: { ...cellResult().origin, command: EVIL, machine: EVIL, backend: EVIL },
    });
    writeFileSync(path, JSON.stringify({ format: 'ngc-lab', version: 1, experiment: 'table-1', results: [result] })); // prettier-ignore
    for (const option of ['', '--csv', '--json', '--svg']) {
      const { status, stdout, stderr } = await ngc('lab', 'report', path, ...(option ? [option] : [])); // prettier-ignore
      expect([status, stderr]).toEqual([0, '']);
      printed(stdout);
    }
    writeFileSync(path, JSON.stringify({ format: 'ngc-lab', version: EVIL, experiment: EVIL }));
    printed((await ngc('lab', 'report', path)).stderr);
    writeFileSync(path, JSON.stringify({ format: 'ngc-lab', version: 1, experiment: EVIL, results: [] })); // prettier-ignore
    printed((await ngc('lab', 'report', path)).stderr);
  });

  test('folders, options and commands are said in one line', async () => {
    for (const args of [
      [EVIL],
      ['info', EVIL],
      ['train', `--${EVIL}`, EVIL],
      ['train', '--variant', 'gncn-t1', '--dataset', 'mnist', '--data-dir', at(EVIL_NAME), '--out', at('o')], // prettier-ignore
      ['train', '--variant', 'gncn-t1', '--dataset', 'synthetic', '--set', `${EVIL}=${EVIL}`, '--out', at(EVIL_NAME)], // prettier-ignore
    ]) {
      const { status, stderr } = await ngc(...args);
      expect(status).toBe(2);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      printed(stderr);
    }
  });
});

describe('the page', () => {
  const said = async (work: () => Promise<unknown>) => {
    const error: unknown = await work().then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(NgcError);
    return messageOf(error);
  };
  const w = new MatWriter();

  test.each<[string, () => Promise<unknown>]>([
    ['names of files', () => ownFromFiles([{ name: EVIL, bytes: idx([1], [0]) }])],
    ['cells of a table', () => ownFromTables([new File([`${EVIL.replaceAll('\r', '')},1,2,3\n1,2,3,${EVIL}`], `${EVIL}.csv`)], {}, () => Promise.resolve())], // prettier-ignore
    ['names of arrays', () => silhouettesFromMat(w.file(w.matrix(EVIL, MX.uint8, [2, 784], w.numbers([1], MI.uint8))), EVIL, EVIL)], // prettier-ignore
  ])('says %s in one line', async (_, work) => {
    expect(await said(work)).toMatch(LINE);
  });

  test('shows labels and classes as they can be printed', async () => {
    const table = `label,a,b,c,d\n"${EVIL.replaceAll('\r', '')}",1,2,3,4\nb,1,2,3,4\n`;
    const own = await ownFromTables([new File([table], `${EVIL}.csv`)], {}, () => Promise.resolve()); // prettier-ignore
    for (const name of [own.title, ...own.classNames]) expect(name).toMatch(LINE);
  });

  test('says what an address asks for in one line', () => {
    const evil = encodeURIComponent(EVIL);
    const { refused } = readHash(`#mode=${evil}&speed=${evil}&drawing=${evil}&lesions=${evil}`);
    expect(refused).toHaveLength(4);
    for (const { asked, sentence } of refused) printed(asked + sentence);
  });
});
