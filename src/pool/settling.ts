import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Activity } from '../ngc/activity.ts';
import { tensorsOf } from '../ngc/activity.ts';
import { changesFrom } from '../ngc/equations/hebbian.ts';
import { newtonSchulz } from '../ngc/equations/precision.ts';
import { toFloatArray, toFloatArrayNow } from '../engine/floatArrays.ts';
import type { Follow } from '../ngc/learn.ts';
import { applyChanges } from '../ngc/learn.ts';
import { diverged, joinSummaries } from '../ngc/batch.ts';
import type { Model } from '../ngc/model.ts';
import { OpByOpSettling } from '../ngc/opByOp.ts';
import type { Settling, Update } from '../ngc/settling.ts';
import { NgcError } from '../shared/errors.ts';
import { addSums, blocksOf, joinRows, rowsOf } from './blocks.ts';
import type { Crew } from './crew.ts';
import type { Member } from './member.ts';
import { tensorOf } from './synapses.ts';

/** A member's share of the batch: its rows `from` … `from + rows − 1`. */
interface Part {
  readonly member: Member;
  readonly from: number;
  readonly rows: number;
}

/**
 * A settling episode whose rows are shared out over members. Each settles its own, op by op, on a replica of the network;
 * the network itself learns here, from what they saw, summed in their order.
 */
export class PoolSettling implements Settling {
  readonly rows: number;
  private made = 0;
  private readonly parts: readonly Part[];
  private readonly episode: number;
  private readonly x: Tensor2D;
  private readonly mask: Tensor2D | null;
  /** What has been read since the last step, by its number of rows. */
  private readonly reads = new Map<number, Promise<Activity>>();
  /** Takes the episode over where members were lost. */
  private spare: OpByOpSettling | null = null;
  private disposed = false;

  private constructor(
    private readonly crew: Crew,
    members: readonly Member[],
    private readonly model: Model,
    x: Tensor2D,
    mask: Tensor2D | null,
  ) {
    [this.rows] = x.shape;
    this.episode = crew.number();
    this.parts = blocksOf(this.rows, members.length).map((block, i) => ({
      ...block,
      member: members[i]!,
    }));
    this.x = x.clone();
    this.mask = mask?.clone() ?? null;
    crew.enter(model);
  }

  /** Shares a batch out over members, a block of rows each. */
  static async begin(
    crew: Crew,
    members: readonly Member[],
    model: Model,
    x: Tensor2D,
    mask: Tensor2D | null,
  ): Promise<PoolSettling> {
    const settling = new PoolSettling(crew, members, model, x, mask);
    try {
      await settling.send();
    } catch (error) {
      settling.dispose();
      throw error;
    }
    return settling;
  }

  get steps(): number {
    return this.spare?.steps ?? this.made;
  }

  async advance(count = 1): Promise<void> {
    const spare = this.rescue();
    if (spare) return spare.advance(count);
    await this.share();
    const { episode, model } = this;
    await this.all(({ member }) =>
      member.ask({ type: 'advance', episode, config: model.config, count }),
    );
    this.made += count;
    this.forgetReads();
  }

  read(rows = this.rows): Promise<Activity> {
    const spare = this.rescue();
    if (spare) return spare.read(rows);
    const wanted = Math.min(rows, this.rows);
    let activity = this.reads.get(wanted);
    if (!activity) {
      activity = this.gather(wanted);
      this.reads.set(wanted, activity);
      activity.catch(() => this.reads.delete(wanted));
    }
    return activity;
  }

  async learn(): Promise<Update> {
    const spare = this.rescue();
    if (spare) return spare.learn();
    await this.share();
    const { episode, model, rows } = this;
    const reports = await this.all(({ member }) => member.ask({ type: 'sum', episode }));
    if (!reports.every(({ finite }) => finite)) throw diverged(model);
    const sums = addSums(reports.map((report) => report.sums));
    const changes = changesFrom(model, sums, rows);
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
    this.forgetReads();
    this.spare?.dispose();
    tf.dispose(this.mask ? [this.x, this.mask] : this.x);
    this.crew.leave(this.model);
    const { episode } = this;
    // A member that is still computing for it ends it afterwards.
    for (const { member } of this.parts)
      member.ask({ type: 'end', episode }).catch(() => undefined);
  }

  /** Gives every member its rows. */
  private async send(): Promise<void> {
    const { crew, episode, model } = this;
    await this.share();
    const x = await toFloatArray(this.x);
    const mask = this.mask && (await toFloatArray(this.mask));
    const number = crew.numberOf(model);
    await this.all(({ member, from, rows }) => {
      const block = { x: rowsOf(x, from, rows), mask: mask && rowsOf(mask, from, rows) };
      return member.ask(
        { type: 'begin', episode, model: number, config: model.config, ...block },
        block.mask ? [block.x, block.mask] : [block.x],
      );
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

  private forgetReads(): void {
    for (const activity of this.reads.values())
      activity.then(
        (read) => tf.dispose(tensorsOf(read)),
        () => undefined,
      );
    this.reads.clear();
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
      return newtonSchulz(model.precision(l)!, target);
    }
  };

  /** Where members were lost, the episode op by op: from its beginning to where it stood. */
  private rescue(): OpByOpSettling | null {
    if (!this.crew.ended) return null;
    if (!this.spare) {
      const { model, x, mask, made } = this;
      this.spare = new OpByOpSettling(model, x, mask);
      for (let i = 0; i < made; i++) this.spare.step();
      this.forgetReads();
    }
    return this.spare;
  }
}
