import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { FUSED_CASES } from '../helpers/fusedCases.ts';
import { MEDDLING_CASES } from '../helpers/meddling.ts';
import type { Defect } from './defect.ts';
import { planted } from './workshop.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What runs on a device. */
const CASES = new Set([...FUSED_CASES, ...MEDDLING_CASES].map(({ name }) => name));

/** All defects: every file in defects/ exports its own. */
export async function allDefects(): Promise<Defect[]> {
  const folder = new URL('defects/', import.meta.url);
  const lists = readdirSync(folder)
    .sort()
    .map(async (file) => (await import(new URL(file, folder).href)) as { defects: Defect[] });
  return (await Promise.all(lists)).flatMap(({ defects }) => defects);
}

/** What no longer fits the code, a sentence each. */
export function rotten(defects: readonly Defect[]): string[] {
  const names = defects.map(({ name }) => name);
  return defects.flatMap((defect, i) => {
    const { name, file, tests, device } = defect;
    const missing = [file, ...tests].filter((path) => !existsSync(join(ROOT, path)));
    if (missing.length > 0) return `${name}: there is no ${missing.join(', ')}.`;
    if (names.indexOf(name) !== i) return `${name}: two have this name.`;
    if (device !== undefined && !CASES.has(device)) return `${name}: there is no case ${device}.`;
    const changed = planted(readFileSync(join(ROOT, file), 'utf8'), defect);
    return typeof changed === 'string' ? `${name} (${file}): ${changed}.` : [];
  });
}
