import type { Model } from '../ngc/model.ts';
import type { Executor } from '../ngc/settling.ts';
import type { OwnExecutor } from '../wasm/executor.ts';
import { ownExecutor, strideFor } from '../wasm/executor.ts';
import type { KernelModule } from '../wasm/kernels.ts';
import { MOST_SHARED_BYTES, sharedMemory } from '../wasm/kernels.ts';
import type { Recruiting } from './crew.ts';
import { Crew } from './crew.ts';
import { CrewHands } from './hands.ts';
import { PoolSettling } from './settling.ts';
import { SharedSettling } from './sharedSettling.ts';

/**
 * Multiply-adds in one settling step of a member's rows below which messages cost more than sharing saves: about a millisecond,
 * 5 images of the paper's largest network.
 */
const LEAST_WORK = 8e6;

/** So many times workers are lost until all is computed without them. */
const MOST_LOSSES = 3;

/** Multiply-adds of a settling step for one image: one a synapse and a precision. */
function workOf(model: Model): number {
  return model.parameters.reduce((sum, { shape: [rows, columns] }) => sum + rows * columns, 0);
}

/** An executor with threads of its own. */
export interface Pool extends Executor {
  /** Whether its threads have been lost or closed: all is then computed here. */
  readonly ended: boolean;
  /** Ends the threads; it goes on without. */
  close(): void;
  /** How many tensors each member has; empty where there are none. */
  tensors(): Promise<number[]>;
}

/**
 * Shares the rows of a batch out over members, each in a thread of its own. Batches with too little to do are settled here; so are
 * those whose members are lost, and all once that has happened often.
 *
 * @param alone what computes here, and in the same way in each member
 * @param leastWork multiply-adds in one step of a member's rows below which fewer members share, or none
 * @param kernels kernels for memory that owner and members share, or null where there is none: members hold replicas then
 */
export function poolExecutor(
  recruiting: Recruiting,
  alone: Executor,
  leastWork = LEAST_WORK,
  kernels: () => Promise<KernelModule | null> = () => Promise.resolve(null),
): Pool {
  const { onLost } = recruiting;
  let module: Promise<KernelModule | null> | null = null;
  /** What settles in the memory that a crew shares: another crew's is another. */
  const executors = new WeakMap<Crew, OwnExecutor>();
  const sharing = async (among: Crew): Promise<OwnExecutor | null> => {
    const compiled = await (module ??= kernels());
    if (!compiled) return null;
    const known =
      executors.get(among) ??
      ownExecutor(compiled, { tell: onLost, memory: sharedMemory, most: MOST_SHARED_BYTES });
    executors.set(among, known);
    return known;
  };
  let losses = 0;
  const recruit = (): Crew =>
    new Crew(recruiting, (sentence, worked) => {
      const again = worked && ++losses < MOST_LOSSES;
      if (again) crew = recruit();
      onLost?.(`${sentence} ${again ? 'Its batch is computed without it, and others take its place.' : 'Everything is computed without workers from now on.'}`); // prettier-ignore
    });
  let crew = recruit();
  return {
    get title() {
      return crew.ended ? alone.title : `${alone.title}, ${crew.size} workers`;
    },
    get ended() {
      return crew.ended;
    },
    overlaps: false,
    strideFor,
    async begin(model, x, beginning = {}) {
      const [rows] = x.shape;
      const worthwhile = Math.floor((rows * workOf(model)) / leastWork);
      const count = Math.min(crew.size, rows, worthwhile);
      if (count < Math.min(crew.size, 2)) return alone.begin(model, x, beginning);
      // Those who are lost meanwhile are not those who take their place.
      const asked = crew;
      const members = await asked.ask();
      if (!members) return alone.begin(model, x, beginning);
      const chosen = members.slice(0, count);
      try {
        const executor = await sharing(asked);
        if (!executor)
          return await PoolSettling.begin({ crew: asked, members: chosen, alone }, model, x, beginning); // prettier-ignore
        const hands = new CrewHands(asked, chosen);
        const settling = await executor.beginBy(hands, model, x, beginning);
        return new SharedSettling({ crew: asked, model, alone }, settling, x, beginning);
      } catch (error) {
        if (!asked.ended) throw error;
        return alone.begin(model, x, beginning);
      }
    },
    close: () => crew.close(),
    async tensors() {
      const members = (await crew.ask()) ?? [];
      return Promise.all(members.map((member) => member.ask({ type: 'memory' })));
    },
  };
}
