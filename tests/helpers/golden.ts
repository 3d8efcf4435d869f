import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { SafetensorsFile } from '../../src/io/safetensors.ts';
import { parseSafetensors } from '../../src/io/safetensors.ts';

const folder = fileURLToPath(new URL('../golden/', import.meta.url));

const casesIn = (at: string) =>
  readdirSync(folder + at)
    .filter((file) => file.endsWith('.model.safetensors'))
    .map((file) => at + file.replace('.model.safetensors', ''));

/** Names of all cases of NGC networks, computed by the independent float64 implementation. */
export const GOLDEN_CASES = casesIn('');

/** What autoencoders are measured by, in a form of its own; and those of its numbers that are of filled-in pixels. */
export const MEASURES = 'baselines/measures';
export const isCompletion = (key: string): boolean => /^(completed|mmse)\./.test(key);

/** The cases of the baselines, in the form of those of NGC. */
export const BASELINE_CASES = casesIn('baselines/').filter((name) => name !== MEASURES);

/** One file of a case. */
export function golden(name: string, part: 'model' | 'input' | 'expected') {
  const file = `${name}.${part}.safetensors`;
  return parseSafetensors(readFileSync(folder + file), file);
}

/** Whether what the model of a case learns goes through Adam, as it does where nothing else is said. */
export function usesAdam({ metadata }: SafetensorsFile): boolean {
  const { optimizer = 'adam' } = JSON.parse(metadata['config']!) as { optimizer?: string };
  return optimizer === 'adam';
}

/** The cases of predictive-coding networks; the systems beside them that are no networks have tests of their own. */
export const PC_NETWORK_CASES = casesIn('pc/').filter((name) => name !== 'pc/kalman');
