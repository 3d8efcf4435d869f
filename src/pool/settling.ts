import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Activity } from '../ngc/activity.ts';
import { changesFrom } from '../ngc/equations/hebbian.ts';
import { newtonSchulz } from '../ngc/equations/precision.ts';
import { toFloatArray, toFloatArrayNow } from '../engine/floatArrays.ts';
import type { StateTerms } from '../ngc/equations/states.ts';
import type { Follow } from '../ngc/learn.ts';
import { applyChanges, learningSetting } from '../ngc/learn.ts';
import type { Lesions } from '../ngc/lesions.ts';
import { refuseLearning } from '../ngc/lesions.ts';
import { diverged, joinSummaries } from '../ngc/summary.ts';
import type { Model } from '../ngc/model.ts';
import { matrixName } from '../ngc/parameters.ts';
import type { Beginning, Executor, Settling, Update } from '../ngc/settling.ts';
import type { Circumstances } from '../ngc/steering.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';
import { addSums, blocksOf, joinRows, rowsOf } from './blocks.ts';
import type { Crew } from './crew.ts';
import type { Member } from './member.ts';
import { Past } from './past.ts';
import { Reads } from './reads.ts';
import { tensorOf } from './synapses.ts';

/** Images as a member is given them. */
interface Block {
  readonly x: FloatArray;
  readonly mask: FloatArray | null;
}

const arraysOf = ({ x, mask }: Block) => (mask ? [x, mask] : [x]);

/** A member's share of the batch: its rows `from` … `from + rows − 1`. */
interface Part {
  readonly member: Member;
  readonly from: number;
  readonly rows: number;
}

/** Who settles an episode. */
interface Sharing {
  readonly crew: Crew;
  readonly members: readonly Member[];
  /** Takes it over where members are lost. */
  readonly alone: Executor;
}

/**
 * A settling episode whose rows are shared out over members. Each settles its own on a replica of the network;
 * the network itself learns here, from what they saw, summed in their order.
 */
export class PoolSettling implements Settling {
  readonly rows: number;
  private made = 0;
  private readonly parts: readonly Part[];
  private readonly episode: number;
  /** What has been done to it, in order, so that it can be done again where members were lost. */
  private readonly past: Past;
  private circumstances: Circumstances;
  private readonly reads = new Reads();
  /** Takes the episode over where members were lost. */
  private spare: Promise<Settling> | null = null;
  private disposed = false;

  private readonly crew: Crew;
  private readonly alone: Executor;

  private constructor(
    { crew, members, alone }: Sharing,
    private readonly model: Model,
    x: Tensor2D,
    beginning: Beginning,
  ) {
    this.crew = crew;
    this.alone = alone;
    [this.rows] = x.shape;
    const { lesions = null, enduring = false } = beginning;
    this.circumstances = { lesions, enduring };
    this.episode = crew.number();
    this.parts = blocksOf(this.rows, members.length).map((block, i) => ({
      ...block,
      member: members[i]!,
    }));
    this.past = new Past(x, beginning);
    crew.enter(model);
  }

  /** Shares a batch out over members, a block of rows each. */
  static async begin(
    sharing: Sharing,
    model: Model,
    x: Tensor2D,
    beginning: Beginning,
  ): Promise<PoolSettling> {
    const settling = new PoolSettling(sharing, model, x, beginning);
    try {
      await settling.send(x, beginning);
    } catch (error) {
      settling.dispose();
      throw error;
    }
    return settling;
  }

  get steps(): number {
    return this.made;
  }

  advance(count = 1): Promise<void> {
    return this.shared(
      async () => {
        await this.share();
        const { episode, model } = this;
        await this.all(({ member }) =>
          member.ask({ type: 'advance', episode, config: model.config, count }),
        );
        this.made += count;
        this.past.advance(count);
        this.reads.forget();
      },
      async (spare) => {
        await spare.advance(count);
        this.made += count;
      },
    );
  }

  lesion(lesions: Lesions | null): Promise<void> {
    return this.shared(
      async () => {
        const { episode } = this;
        this.circumstances = { ...this.circumstances, lesions };
        this.reads.forget();
        await this.all(({ member }) => member.ask({ type: 'lesion', episode, lesions }));
        this.past.lesion(lesions);
      },
      (spare) => spare.lesion(lesions),
    );
  }

  perceive(x: Tensor2D, mask: Tensor2D | null): Promise<void> {
    return this.shared(
      async () => {
        const { episode } = this;
        this.reads.forget();
        await this.shareRows(x, mask, ({ member }, block) =>
          member.ask({ type: 'perceive', episode, ...block }, arraysOf(block)),
        );
        this.past.perceive(x, mask);
      },
      (spare) => spare.perceive(x, mask),
    );
  }

  terms(): Promise<StateTerms[]> {
    return this.shared(
      async () => {
        await this.share();
        const { episode, model, steps } = this;
        const [first] = this.parts as [Part, ...Part[]];
        const layers = await first.member.ask({ type: 'terms', episode, config: model.config });
        this.check(steps);
        const tensor = (array: FloatArray | null) => array && tensorOf(array);
        return layers.map(({ bottomUp, topDown, lateral, prior, leak }) => ({
          ...{ bottomUp: tensor(bottomUp), topDown: tensor(topDown), lateral: tensor(lateral) },
          ...{ prior: tensor(prior), leak: tensor(leak) },
        }));
      },
      (spare) => spare.terms(),
    );
  }

  read(rows = this.rows): Promise<Activity> {
    const wanted = Math.min(rows, this.rows);
    return this.shared(
      () => this.reads.get(wanted, () => this.gather(wanted)),
      (spare) => spare.read(rows),
    );
  }

  learn(): Promise<Update> {
    return this.shared(
      () => this.learnTogether(),
      (spare) => spare.learn(),
    );
  }

  private async learnTogether(): Promise<Update> {
    refuseLearning(this.circumstances.lesions ?? null);
    await this.share();
    const { alone, episode, model, rows } = this;
    const reports = await this.all(({ member }) => member.ask({ type: 'sum', episode }));
    if (!reports.every(({ finite }) => finite)) throw diverged(model);
    const summed = addSums(reports.map((report) => report.sums));
    const own = await alone.learnFrom?.(model, rows, summed);
    if (own) return { ...joinSummaries(reports), ...own };
    const sums = new Map([...summed].map(([name, sum]) => [name, tensorOf(sum)]));
    const changes = changesFrom(model.parameters, sums, rows, learningSetting(model));
    tf.dispose([...sums.values()]);
    try {
      const applying = applyChanges(model, changes, rows, this.follow);
      // All but the covariances have moved: who settles next gets them while those are followed.
      this.share().catch(() => undefined);
      return { ...joinSummaries(reports), ...(await applying) };
    } finally {
      tf.dispose([...changes.values()]);
    }
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.reads.forget();
    this.spare?.then((spare) => spare.dispose()).catch(() => undefined);
    this.past.dispose();
    this.crew.leave(this.model);
    const { episode } = this;
    // A member that is still computing for it ends it afterwards.
    for (const { member } of this.parts)
      member.ask({ type: 'end', episode }).catch(() => undefined);
  }

  /** Gives every member its rows. */
  private async send(
    x: Tensor2D,
    { mask = null, how = 'eq19', states = null }: Beginning,
  ): Promise<void> {
    const { crew, episode, model, circumstances } = this;
    await this.share();
    const begun = states && (await Promise.all(states.map(toFloatArray)));
    const { config } = model;
    const number = crew.numberOf(model);
    await this.shareRows(x, mask, ({ member, from, rows }, block) => {
      const own = begun && begun.map((layer) => rowsOf(layer, from, rows));
      return member.ask(
        {
          type: 'begin',
          episode,
          model: number,
          config,
          circumstances,
          how,
          states: own,
          ...block,
        },
        [...arraysOf(block), ...(own ?? [])],
      );
    });
  }

  /** Cuts images into blocks of rows, and hands every member its own. */
  private async shareRows(
    x: Tensor2D,
    mask: Tensor2D | null,
    give: (part: Part, block: Block) => Promise<unknown>,
  ): Promise<void> {
    const input = await toFloatArray(x);
    const seen = mask && (await toFloatArray(mask));
    await this.all((part) => {
      const { from, rows } = part;
      const block = { x: rowsOf(input, from, rows), mask: seen && rowsOf(seen, from, rows) };
      return give(part, block);
    });
  }

  /** Sees that members have the synapses of now. */
  private share(): Promise<void> {
    return this.crew.share(
      this.model,
      this.parts.map(({ member }) => member),
    );
  }

  /** Asks every member. Rejects as cancelled where the episode has been disposed, even meanwhile. */
  private async all<T>(ask: (part: Part) => Promise<T>): Promise<T[]> {
    this.check();
    const answers = await Promise.all(this.parts.map(ask));
    this.check();
    return answers;
  }

  private check(steps = this.steps): void {
    if (this.disposed || this.steps !== steps)
      throw new NgcError('cancelled', 'The settling episode ended or went on meanwhile.');
  }

  private async gather(rows: number): Promise<Activity> {
    const { episode, steps } = this;
    const parts = await Promise.all(
      this.parts
        .filter(({ from }) => from < rows)
        .map(({ member, from }) => member.ask({ type: 'read', episode, rows: rows - from })),
    );
    this.check(steps);
    return joinRows(parts);
  }

  /**
   * Newton–Schulz steps by a member that has the old P_l; layers by turns. Where it is lost they are made here: the
   * other synapses may have moved already.
   */
  private readonly follow: Follow = async (model, l, target) => {
    const { member } = this.parts[(l - 1) % this.parts.length]!;
    // Read at once, not awaited: the member computes while the other synapses are moved in this turn.
    const array = toFloatArrayNow(target);
    try {
      const { precision, residual } = await member.ask(
        { type: 'follow', model: this.crew.numberOf(model), layer: l, target: array },
        [array],
      );
      return { precision: tensorOf(precision), residual };
    } catch {
      return newtonSchulz(model.synapses.get(matrixName('P', l)), target);
    }
  };

  /**
   * Does something by the members; where they are lost, even meanwhile, by who takes the episode over, as if nothing had been asked of
   * them.
   */
  private async shared<T>(
    together: () => Promise<T>,
    alone: (spare: Settling) => Promise<T>,
  ): Promise<T> {
    if (!this.crew.ended)
      try {
        return await together();
      } catch (error) {
        if (!this.crew.ended || this.disposed) throw error;
      }
    return alone(await this.rescue());
  }

  /** The episode without members: all that was done to it is done again. */
  private rescue(): Promise<Settling> {
    if (!this.spare) {
      this.spare = this.past.again(this.alone, this.model);
      this.reads.forget();
    }
    return this.spare;
  }
}
