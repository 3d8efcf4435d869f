import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { parseSafetensors } from '../../src/io/safetensors.ts';

const folder = fileURLToPath(new URL('../golden/', import.meta.url));

const casesIn = (at: string) =>
  readdirSync(folder + at)
    .filter((file) => file.endsWith('.model.safetensors'))
    .map((file) => at + file.replace('.model.safetensors', ''));

/** Names of all cases of NGC networks, computed by the independent float64 implementation. */
export const GOLDEN_CASES = casesIn('');

/** The same of the baselines; `measures` has its own form. */
export const BASELINE_CASES = casesIn('baselines/').filter((name) => !name.endsWith('/measures'));

/** One file of a case. */
export function golden(name: string, part: 'model' | 'input' | 'expected') {
  const file = `${name}.${part}.safetensors`;
  return parseSafetensors(readFileSync(folder + file), file);
}
