import { COMPLETIONS } from '../ngc/completion.ts';
import type { Steering } from '../ngc/steering.ts';
import type { Check } from '../shared/checks.ts';
import { list, number, oneOf, orNull, plain, record, text, whole, yesOrNo } from '../shared/checks.ts'; // prettier-ignore
import type { Packed } from '../wasm/factors.ts';
import type { Matrix } from '../wasm/heap.ts';
import type { Layout } from '../wasm/laid.ts';
import type { Progress } from '../wasm/move.ts';
import type { Neurons } from '../wasm/neurons.ts';
import type { LearnTask, SettleTask, Task, TellTask } from '../wasm/tasks.ts';
import type { Room } from '../wasm/workshop.ts';
import { config, LAYERS, lesions } from './settingsDoor.ts';

/*
 * What a piece of work in shared memory may hold. Whether a place is one in that memory is the kernels' to find: beyond its end they
 * trap, as everywhere.
 */

const place = whole(0, 2 ** 32);
const counted = whole(0, Number.MAX_SAFE_INTEGER);
const size = whole(1, 2 ** 31);
const matrix = record<Matrix>({ at: place, rows: size, cols: size, stride: size });
const matrices = list(matrix, LAYERS);
const packed = record<Packed>({ at: place, rows: size, cols: size });
const name = text(20);

/** A name with what it names. */
const named =
  <T>(check: Check<T>): Check<readonly [string, T]> =>
  (value, what) => {
    const [first, second] = list<unknown>((one) => one, 2)(value, what);
    return [name(first, what), check(second, what)];
  };

/** Where a network lies. Throws a usage or config error. */
export const checkLayout: Check<Layout> = record<Layout>({
  config,
  matrices: list(named(matrix), 1000),
  packings: list(named(packed), 1000),
});

const neurons = record<Neurons>({
  rows: size,
  ...{ z: matrices, phi: matrices, mu: matrices, e: matrices },
  ...{ mismatch: matrices, rivals: matrices, up: matrices, alive: matrices },
  ...{ mask: matrix, scratch: place },
});

const amount = number(-Infinity, Infinity);
const steering = record<Steering>({
  ...{ beta: amount, leak: amount, laplace: amount },
  ...{ lateralInhibition: amount, selfExcitation: amount },
});

/** As many places as they are. */
const places =
  <T extends readonly number[]>(count: number): Check<T> =>
  (value, what) => {
    const all = list(place, count)(value, what);
    if (all.length < count) place(undefined, `${what}[${all.length}]`);
    return all as unknown as T;
  };

const TASKS = {
  settle: record<Omit<SettleTask, 'type'>>({
    ...{ neurons, steering, count: whole(0, 1_000_000), lesions: orNull(lesions) },
    ...{ hidden: orNull(oneOf(COMPLETIONS)), silent: list(yesOrNo, LAYERS) },
  }),
  tell: record<Omit<TellTask, 'type'>>({ neurons }),
  learn: record<Omit<LearnTask, 'type'>>({
    neurons,
    names: list(name, 1000),
    room: record<Room>({
      ...{ sum: place, turned: place, panels: place, factors: place, scratch: place },
      ...{ packed: places<Room['packed']>(2), square: places<Room['square']>(3) },
    }),
    progress: record<Progress>({ updates: counted, imagesSeen: counted, rows: size }),
  }),
} as const;

/** A piece of work. Throws a usage error where it is none. */
export const checkTask: Check<Task> = (value, what) => {
  const { type, ...fields } = plain(value, what);
  const known = oneOf(Object.keys(TASKS) as Task['type'][])(type, `The type of ${what}`);
  return { type: known, ...TASKS[known](fields, what) } as Task;
};
