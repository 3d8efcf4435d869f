import { spawn } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { inTerminal, killedOnAndOn } from './dying.ts';
import { ngc, SMALL, smallDataset } from './helpers.ts';

/*
 * What a training has learnt outlasts whatever ends it: a key in a terminal, a closed terminal, a reader that stops reading. And no
 * file that is not the program's own is replaced.
 */

let folder: string;
let data: string[];
const at = (name: string) => join(folder, `${name}.safetensors`);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ngc-lost-'));
  data = ['--dataset', 'mnist', '--data-dir', smallDataset(folder, 60, 10)];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A training that goes on until it is stopped. */
const endless = (out: string) => [
  ...['train', '--variant', 'gncn-pdh', ...data, '--test-limit', '0', '--epochs', '100000'],
  ...['--backend', 'cpu', ...SMALL, '--out', at(out)],
];

/** Whether a checkpoint can be gone on with; it says how many images had been seen. */
const goesOn = (out: string): Promise<number> => seen(`${out}.checkpoint`);

/** How many images a whole model has seen. */
async function seen(name: string): Promise<number> {
  const { stdout } = await ngc('info', at(name), '--json');
  return (JSON.parse(stdout) as { training: { imagesSeen: number } }).training.imagesSeen;
}

test('Ctrl-C in a terminal, by the command of the README, keeps what was learnt', async () => {
  let pressed = false;
  const { status, said } = await inTerminal(endless('key'), (sofar, press) => {
    if (pressed || !/Epoch 2:/.test(sofar)) return;
    pressed = true;
    press('\u0003');
  });
  expect(said).toMatch(/Stopped after \d+ images; to go on/);
  expect(status).not.toBe(0);
  const stopped = Number(/Stopped after (\d+)/.exec(said.replaceAll(',', ''))![1]);
  expect(await goesOn('key')).toBe(stopped);
}, 120_000);

test('a reader that stops reading ends a training, which keeps what it has learnt, and says so by its status', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...endless('pipe')]);
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  child.stdout.on('data', (chunk) => {
    if (String(chunk).includes('Epoch 1:')) child.stdout.destroy();
  });
  const status = await new Promise((resolve) => child.on('close', resolve));
  expect(said).toMatch(/Stopped after/);
  expect(status).toBe(1);
  expect(await goesOn('pipe')).toBeGreaterThanOrEqual(60);
}, 120_000);

test('a terminal that is closed keeps what was learnt', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...endless('hup')]);
  let hung = false;
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  child.stdout.on('data', (chunk) => {
    if (hung || !String(chunk).includes('Epoch')) return;
    hung = true;
    // As a terminal does it, and whoever started us sends it on.
    child.kill('SIGHUP');
    setTimeout(() => child.kill('SIGHUP'), 30);
  });
  const status = await new Promise((resolve) => child.on('close', resolve));
  expect(said).toMatch(/Stopped after/);
  expect(status).toBe(1);
  expect(await goesOn('hup')).toBeGreaterThanOrEqual(60);
}, 120_000);

/** One epoch, which takes a moment. */
const short = (...more: string[]) =>
  ngc(...['train', '--variant', 'gncn-t1', ...data, '--test-limit', '0', '--epochs', '1', '--backend', 'cpu', ...SMALL], ...more); // prettier-ignore

test('a log never takes the place of a model, a checkpoint, or anything that is no log', async () => {
  expect(await short('--out', at('model'))).toMatchObject({ status: 0 });
  const whole = readFileSync(at('model'));
  const checkpoint = readFileSync(at('model.checkpoint'));
  const refused = await short('--out', at('other'), '--log', at('model'));
  expect(refused).toMatchObject({ status: 2 });
  expect(refused.stderr).toMatch(/^ngc: --log .* holds something else than a log/);
  const on = ['--resume', at('model.checkpoint'), '--epochs', '2'];
  for (const log of [at('model.checkpoint'), at('fresh'), at('fresh.checkpoint')]) {
    const { status, stderr } = await ngc('train', ...on, ...data, '--out', at('fresh'), '--log', log); // prettier-ignore
    expect([status, stderr]).toEqual([2, expect.stringContaining('--log')]);
  }
  expect(readFileSync(at('model')).equals(whole)).toBe(true);
  expect(readFileSync(at('model.checkpoint')).equals(checkpoint)).toBe(true);
  expect(existsSync(at('fresh'))).toBe(false);
  // Its own log it begins anew.
  const log = join(folder, 'log.jsonl');
  for (let i = 0; i < 2; i++) expect(await short('--out', at('logged'), '--log', log)).toMatchObject({ status: 0 }); // prettier-ignore
  expect(readFileSync(log, 'utf8').trim().split('\n')).toHaveLength(1);
});

test('a model never takes the place of data, or of the checkpoint it goes on from; a link stays a link', async () => {
  const notes = at('notes');
  writeFileSync(notes, 'what I thought of it');
  const refused = await short('--out', notes);
  expect(refused).toMatchObject({ status: 2 });
  expect(refused.stderr).toMatch(/^ngc: --out .* holds something else than a model/);
  expect(readFileSync(notes, 'utf8')).toBe('what I thought of it');

  expect(await short('--out', at('first'))).toMatchObject({ status: 0 });
  const same = ['--resume', at('first.checkpoint'), '--epochs', '2', '--out', at('first.checkpoint')]; // prettier-ignore
  const { status, stderr } = await ngc('train', ...same, ...data);
  expect([status, stderr]).toEqual([2, expect.stringMatching(/is the checkpoint/)]);

  symlinkSync(at('first'), at('link'));
  expect(await short('--out', at('link'))).toMatchObject({ status: 0 });
  expect(lstatSync(at('link')).isSymbolicLink()).toBe(true);
});

test('what a model may not take the place of, it takes by --force, the checkpoint gone on from too', async () => {
  writeFileSync(at('forced'), 'what I thought of it');
  const refused = await short('--out', at('forced'));
  expect(refused).toMatchObject({ status: 2 });
  expect(refused.stderr).toContain('--force');
  expect(await short('--out', at('forced'), '--force')).toMatchObject({ status: 0 });
  expect(await seen('forced')).toBe(60);
  const same = ['--resume', at('forced.checkpoint'), '--epochs', '2', '--out', at('forced.checkpoint')]; // prettier-ignore
  expect(await ngc('train', ...same, ...data, '--force')).toMatchObject({ status: 0 });
  expect(await seen('forced.checkpoint')).toBe(120);
});

test('two trainings never write one file, and one that was killed leaves nothing in the way', async () => {
  const first = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...endless('one')]);
  await new Promise<void>((resolve, reject) => {
    first.once('close', reject);
    first.stdout.on('data', (chunk) => String(chunk).includes('Epoch 1:') && resolve());
  });
  // Whichever of its files another would write, and by which way.
  symlinkSync(at('one'), at('other-name'));
  for (const out of ['one', 'one.checkpoint', 'other-name']) {
    const second = await short('--out', at(out), '--force');
    expect(second).toMatchObject({ status: 1 });
    expect(second.stderr).toMatch(/^ngc: --out .* is being written by another run/);
  }
  const ended = new Promise((resolve) => first.once('exit', resolve));
  first.removeAllListeners('close');
  first.kill('SIGKILL');
  await ended;
  expect(await short('--out', at('one'))).toMatchObject({ status: 0 });
  expect(readdirSync(folder).filter((name) => /\.(claim|part)$/.test(name))).toEqual([]);
}, 120_000);

test('a log that cannot be written any more is said once, and the training comes to its end', async () => {
  // A device that is always full.
  const { status, stdout } = await short('--out', at('full'), '--log', '/dev/full');
  expect(status).toBe(0);
  expect(stdout).toMatch(/--log .*cannot be written: .*; training goes on without it/);
  expect(existsSync(at('full'))).toBe(true);
});

test('a training that runs away ends, and what was good before it is what is kept', async () => {
  // A batch an epoch, so that there is a checkpoint after every update, after the one that spoils all too.
  const quiet = [...data, '--test-limit', '0', '--backend', 'cpu', '--out', at('good')];
  const bearable = ['--set', 'sizes=784,12,8', 'steps=4', 'maxNorm=50', 'learningRate=0.05'];
  const first = ['train', '--variant', 'gncn-t1', ...quiet, '--batch', '60', ...bearable];
  expect(await ngc(...first, '--epochs', '20')).toMatchObject({ status: 0 });
  const good = readFileSync(at('good.checkpoint'));
  const on = ['train', '--resume', at('good.checkpoint'), ...quiet, '--epochs', '50'];
  const { status, stdout, stderr } = await ngc(...on, '--set', 'learningRate=20', 'maxNorm=1000');
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^ngc: Training diverged: the loss is \d+\.\d nats an image, .* \S*good\.checkpoint\.safetensors holds what was learnt after 1,200 images/)]); // prettier-ignore
  expect(stdout).toContain('Epoch 21:');
  expect(readFileSync(at('good.checkpoint')).equals(good)).toBe(true);
});

test('a checkpoint that cannot be written is told of, and the training comes to its end', async () => {
  // A device that is always full, in the place of the checkpoint.
  symlinkSync('/dev/full', at('room.checkpoint'));
  const { status, stdout } = await short('--out', at('room'));
  expect([status, stdout]).toEqual([0, expect.stringMatching(/room\.checkpoint.* cannot be written: the disk is full\. Training goes on; what was kept before stays/)]); // prettier-ignore
  expect(await seen('room')).toBe(60);
});

test('a training that is killed again and again goes on each time as if it had not been', async () => {
  await killedOnAndOn(folder, 3, 1);
}, 120_000);
