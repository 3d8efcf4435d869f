import type { Demonstration } from '../../src/demonstrations/demonstration.ts';
import type { Programs } from '../../src/demonstrations/demonstrations.ts';
import { PROGRAMS } from '../../src/demonstrations/demonstrations.ts';
import type { Values } from '../../src/exhibits/exhibit.ts';
import type { FreeEnergyShown } from '../../src/exhibits/list/freeEnergy.ts';
import { NgcError } from '../../src/shared/errors.ts';

/** What a counting program does besides counting. */
export interface Counting {
  /** The step that comes to the end. */
  readonly last?: number;
  /** Runs within every step, and may take its time. */
  readonly within?: (step: number) => void | Promise<void>;
  /** Runs before it is begun. */
  readonly before?: () => Promise<void>;
}

/** The programs of the hall, of which "free-energy" only counts its steps; and what has been done to it. */
export function counting({ last = Infinity, within, before }: Counting = {}): {
  readonly programs: Programs;
  readonly log: string[];
} {
  const log: string[] = [];
  const load = () =>
    Promise.resolve(async ({ values, seed }: { readonly values: Values; readonly seed: number }) => {
      log.push(`begin ${seed}`);
      await before?.();
      let step = 0;
      const demonstration: Demonstration<FreeEnergyShown> = {
        async advance() {
          if (step === last) return;
          step++;
          await within?.(step);
        },
        frame: () => ({
          ...{ step, metric: step * seed, ended: step === last, says: null, isTrouble: false },
          shown: { values } as unknown as FreeEnergyShown, // no picture looks at it
        }),
        change: (next) => void log.push(`change ${JSON.stringify(next['mean'])}`),
        act({ name }) {
          if (name !== 'pull') throw new NgcError('usage', `There is no ${name} here.`);
          log.push('pull');
        },
        close: () => void log.push('close'),
      };
      return demonstration;
    }); // prettier-ignore
  return { programs: { ...PROGRAMS, 'free-energy': { tensors: false, load } }, log };
}
