import { useBackend } from '../helpers/backends.ts';
import { DOORS } from './doors.ts';
import { FILES } from './files.ts';
import type { Target } from './harness.ts';
import { SAVED } from './saved.ts';

/** Everything that takes what others wrote. */
export const TARGETS: readonly Target[] = [...FILES, ...SAVED, ...DOORS];

/** Models that are read are brought to life. */
export const prepare = (): Promise<void> => useBackend('cpu');
