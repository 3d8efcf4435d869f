import type { SystemModel } from '../models/systems.ts';
import { BARE_SYSTEMS, openSystem } from '../models/systems.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { readTensors } from './files.ts';
import type { DecodedFile } from './models.ts';
import { naming } from './models.ts';
import { choice, text, usageError } from './options.ts';

type SystemName = keyof typeof BARE_SYSTEMS;
const NAMES = Object.keys(BARE_SYSTEMS) as SystemName[];

/** What is traced: a model file, or a system that has none. */
export const SYSTEM_OPTIONS = {
  model: text('M', 'The model file (.safetensors).'),
  system: choice('S', `Instead of a model: ${NAMES.join(' or ')}.`, NAMES),
} as const;

/** What to trace, of the two options. Throws a usage error where not exactly one of them is given. */
export function whatToTrace(
  model: string | undefined,
  system: SystemName | undefined,
): { readonly model: string } | { readonly system: SystemName } {
  const either = `--model M, or --system ${NAMES.join('|')}`;
  if (model !== undefined && system !== undefined)
    throw usageError(`Options --model and --system exclude each other; give ${either}.`);
  if (model !== undefined) return { model };
  if (system !== undefined) return { system };
  throw usageError(`Option --model is missing; give ${either}.`);
}

/** The system in a model file; null: it holds a model of images. Throws an error naming the option and the file. */
export function systemIn({ file, option, path }: DecodedFile): Promise<SystemModel | null> {
  return naming(option, path, async () => Promise.resolve(openSystem(file)));
}

type Trace = (tensors: ReadonlyMap<string, FloatArray>) => Map<string, FloatArray>;

/** What a system makes of an input file. Throws an error naming the option and the file. */
export async function traceSystem(trace: Trace, input: string) {
  const { tensors } = await readTensors('--input', input);
  return naming('--input', input, async () => Promise.resolve(trace(tensors)));
}
