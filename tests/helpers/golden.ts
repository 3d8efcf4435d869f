import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { parseSafetensors } from '../../src/io/safetensors.ts';

const folder = fileURLToPath(new URL('../golden/', import.meta.url));

/** Names of all cases computed by the independent float64 implementation. */
export const GOLDEN_CASES = readdirSync(folder)
  .filter((file) => file.endsWith('.model.safetensors'))
  .map((file) => file.replace('.model.safetensors', ''));

/** One file of a case. */
export function golden(name: string, part: 'model' | 'input' | 'expected') {
  const file = `${name}.${part}.safetensors`;
  return parseSafetensors(readFileSync(folder + file), file);
}
