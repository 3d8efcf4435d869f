import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, vi } from 'vitest';

import { failureOf, runCommand } from '../../src/cli/commands.ts';
import { drawDigits } from '../../src/data/synthetic.ts';
import { parseSafetensors } from '../../src/io/safetensors.ts';
import type { Family } from '../../src/models/family.ts';
import { idx } from '../data/files.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What a command did. */
export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own for one test file, removed after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ngc-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a command in this process: quick, but without the real streams and exit status. */
export const ngc = (...args: string[]): Promise<Outcome> => ngcWith(undefined, args);

/** The same, with other families of models than those there are. */
export async function ngcWith(
  families: readonly Family[] | undefined,
  args: readonly string[],
): Promise<Outcome> {
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written.push(String(chunk));
    return true;
  });
  try {
    await runCommand(args, families);
    return { status: 0, stdout: written.join(''), stderr: '' };
  } catch (error) {
    const { status, line } = failureOf(error);
    return { status, stdout: written.join(''), stderr: `${line}\n` };
  } finally {
    spy.mockRestore();
  }
}

/** Runs a command in a process of its own; `onOutput` sees what it has written so far. */
export function spawnNgc(
  args: readonly string[],
  onOutput: (stdout: string, stop: (signal: NodeJS.Signals) => void) => void = () => undefined,
): Promise<Outcome> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, NGC_DEBUG: '' },
  });
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
    onOutput(stdout, (signal) => child.kill(signal));
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ status: code ?? -1, stdout, stderr }));
  });
}

/** A small "part of MNIST" made of synthetic digits: `train` + `test` pictures in IDX files. Returns its folder. */
export function smallDataset(folder: string, train: number, test: number): string {
  const dir = join(folder, 'data');
  mkdirSync(dir, { recursive: true });
  for (const [name, count, stream] of [
    ['train', train, 'train'],
    ['t10k', test, 'test'],
  ] as const) {
    const steps = drawDigits(1, count, stream);
    let step = steps.next();
    while (!step.done) step = steps.next();
    const { pixels, labels } = step.value;
    writeFileSync(join(dir, `${name}-images-idx3-ubyte`), idx([count, 28, 28], pixels));
    writeFileSync(join(dir, `${name}-labels-idx1-ubyte`), idx([count], labels!));
  }
  return dir;
}

/** The safetensors file at a path. */
export const tensorsAt = (path: string) => parseSafetensors(readFileSync(path), path);

/** Settings of a network small enough to train in a moment. */
export const SMALL = ['--set', 'sizes=784,12,8', 'steps=4', '--batch', '20'];
