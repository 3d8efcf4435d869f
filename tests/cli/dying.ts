import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

import { decodeModel } from '../../src/io/modelFile.ts';
import { createRng } from '../../src/shared/rng.ts';
import { ngc, smallDataset } from './helpers.ts';

/* Trainings that are ended from outside, whenever it happens. */

/** Runs the README's command in a terminal of its own; `onOutput` may press keys. */
export function inTerminal(
  args: readonly string[],
  onOutput: (said: string, press: (keys: string) => void) => void,
): Promise<{ status: number | null; said: string }> {
  const command = ['npm', 'run', '-s', 'ngc', '--', ...args].map((word) => `'${word}'`).join(' ');
  const terminal = spawn('script', ['-qefc', command, '/dev/null']);
  let said = '';
  terminal.stdout.on('data', (chunk) => {
    said += String(chunk);
    onOutput(said, (keys) => terminal.stdin.write(keys));
  });
  return new Promise((resolve, reject) => {
    terminal.on('error', reject);
    terminal.on('close', (status) => resolve({ status, said }));
  });
}

/** A checkpoint, which must be whole and carry its digest. */
function whole(path: string) {
  const file = decodeModel(readFileSync(path), path);
  expect(file.sealed).toBe(true);
  return file;
}

/**
 * Starts a training, and kills it (kill -9) when it has told of so many epochs and, after that, this part of the time that an epoch
 * takes.
 */
async function killed(args: readonly string[], epochs: number, part: number): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args]);
  const told: number[] = [];
  child.stdout.on('data', (chunk) => {
    if (!String(chunk).includes('Epoch') || told.push(performance.now()) !== epochs) return;
    const took = epochs === 1 ? 0 : (told.at(-1)! - told[0]!) / (epochs - 1);
    setTimeout(() => child.kill('SIGKILL'), took * part);
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  const signal = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)));
  expect([signal, said]).toEqual(['SIGKILL', '']);
}

/**
 * Kills one training so many times, at moments that a seed draws: an epoch is one small batch, so that it mostly writes. After each the
 * checkpoint is whole, and the training goes on from it; in the end it is, to the bit, what it would be had it never been killed.
 */
export async function killedOnAndOn(folder: string, times: number, seed: number): Promise<void> {
  const place = join(folder, `killed-${seed}`);
  mkdirSync(place);
  const out = join(place, 'model.safetensors');
  const checkpoint = join(place, 'model.checkpoint.safetensors');
  const data = ['--dataset', 'mnist', '--data-dir', smallDataset(place, 20, 5)];
  const quiet = [...data, '--test-limit', '0', '--backend', 'cpu'];
  const fresh = ['--variant', 'gncn-pdh', '--set', 'sizes=784,12,8', 'steps=2', '--batch', '20'];
  const rng = createRng(seed);
  // Killed before it has written anything, it begins anew.
  const epochOf = () => (existsSync(checkpoint) ? whole(checkpoint).training!.epoch : 0);
  for (let n = 0; n < times; n++) {
    const before = epochOf();
    const from = before > 0 ? ['--resume', checkpoint] : fresh;
    const args = ['train', ...from, ...quiet, '--epochs', '1000000', '--out', out];
    await killed(args, 1 + Math.floor(4 * rng.uniform()), rng.uniform());
    expect(epochOf()).toBeGreaterThanOrEqual(before);
  }
  expect(epochOf()).toBeGreaterThan(0);
  const epochs = String(epochOf() + 1);
  expect(await ngc('train', '--resume', checkpoint, ...quiet, '--epochs', epochs, '--out', out)).toMatchObject({ status: 0, stderr: '' }); // prettier-ignore
  const straight = join(place, 'straight.safetensors');
  expect(await ngc('train', ...fresh, ...quiet, '--epochs', epochs, '--out', straight)).toMatchObject({ status: 0, stderr: '' }); // prettier-ignore
  expect(readFileSync(out).equals(readFileSync(straight))).toBe(true);
  // Nothing that the killed ones left behind stays.
  expect(readdirSync(place).filter((name) => /\.(part|claim)$/.test(name))).toEqual([]);
}
