import type { Beginning, Demonstration } from '../../demonstrations/demonstration.ts';
import type { Control, Values } from '../../exhibits/exhibit.ts';
import type { Act, Frame } from '../../exhibits/frame.ts';
import type { ExhibitId } from '../../exhibits/shown.ts';
import { restarts } from '../../exhibits/values.ts';
import type { SlotReport, Standing } from '../../protocol/exhibits.ts';
import { messageOf, NgcError } from '../../shared/errors.ts';
import { Pace, yieldToMessages } from '../pacing.ts';

/** One turn of steps takes so long (ms) at the most: then messages are heard. */
const TURN_MS = 12;
/** Faster than so many a second, a turn makes several steps. */
const TURNS_PER_SECOND = 60;
/** What nobody has looked at for so long (ms) rests until somebody does. */
const UNSEEN_MS = 1000;
/** A miniature rests so many times as long as its steps took: it leaves the processor to others. */
const RESTS = 3;

/** An exhibit as it is begun. */
export interface Opened {
  readonly exhibit: ExhibitId;
  readonly controls: readonly Control[];
  readonly values: Values;
  readonly seed: number;
  begin(
    beginning: Pick<Beginning, 'values' | 'seed' | 'signal'>,
    tell: (sentence: string) => void,
  ): Promise<Demonstration<unknown>>;
}

/**
 * One exhibit that is begun, run, stepped and meddled with. Whatever is done to its program is done in a line, one thing after the
 * other; what it throws stops it, and nothing else.
 */
export class Slot {
  private standing: Standing = 'opening';
  private says: string | null = null;
  private latest: Frame<unknown> | null = null;
  private version = 0;
  private program: Demonstration<unknown> | null = null;
  private stopper = new AbortController();
  private line: Promise<unknown> = Promise.resolve();
  private isBusy = false;
  private readonly pace = new Pace();
  private stepsPerTurn: number | null = null;
  private isLooping = false;
  private seen = performance.now();
  private onSeen: (() => void) | null = null;

  /** @param hall nextVersion numbers the frames of all slots, so that none is taken for another */
  constructor(
    private readonly slot: number,
    private opened: Opened,
    private readonly hall: { readonly nextVersion: () => number; readonly isMiniature: boolean },
  ) {
    this.begin('resting');
  }

  report(have: number): SlotReport {
    this.seen = performance.now();
    this.onSeen?.();
    if (this.isBusy && this.standing !== 'opening') this.show(); // in the middle of a long step
    const { slot, standing, version, says } = this;
    // A copy, to be handed over: the program goes on with its own.
    const frame = have === version ? null : structuredClone(this.latest);
    return { slot, exhibit: this.opened.exhibit, standing, version, frame, says };
  }

  run(perSecond: number | null): void {
    this.stepsPerTurn =
      perSecond === null ? null : Math.max(1, Math.round(perSecond / TURNS_PER_SECOND));
    this.pace.perSecond = perSecond === null ? null : Math.min(perSecond, TURNS_PER_SECOND);
    this.pace.interrupt();
    if (this.standing === 'opening') this.afterwards = 'running';
    else if (this.standing === 'resting') this.stand('running');
  }

  pause(): void {
    if (this.standing === 'opening') this.afterwards = 'resting';
    else if (this.standing === 'running') this.stand('resting');
  }

  async step(count: number): Promise<void> {
    this.pause();
    const { signal } = this.stopper;
    await this.inLine(async () => {
      for (let made = 0; made < count && !signal.aborted;) {
        made += await this.turn(count - made);
        await yieldToMessages();
      }
    });
  }

  rewind(seed: number): void {
    this.opened = { ...this.opened, seed };
    this.begin('resting');
  }

  async change(values: Values): Promise<void> {
    const before = this.opened.values;
    this.opened = { ...this.opened, values };
    const { standing } = this;
    const goesOn =
      standing === 'running' ||
      standing === 'ended' ||
      (standing === 'opening' && this.afterwards === 'running');
    if (
      standing === 'opening' ||
      standing === 'failed' ||
      restarts(this.opened.controls, before, values)
    )
      // prettier-ignore
      return this.begin(goesOn ? 'running' : 'resting');
    await this.inLine(async () => {
      await this.program?.change(values);
      this.show();
    });
  }

  /** @throws a usage error for what the exhibit does not know; it goes on all the same */
  async act(act: Act): Promise<void> {
    let refused: NgcError | null = null;
    await this.inLine(async () => {
      try {
        if (this.program && !this.program.act)
          throw new NgcError('usage', 'This exhibit knows its controls only.');
        await this.program?.act?.(act);
      } catch (error) {
        if (!(error instanceof NgcError && error.kind === 'usage')) throw error;
        refused = error;
      }
      this.show();
    });
    if (refused) throw refused as NgcError;
  }

  close(): void {
    this.stopper.abort();
    this.standing = 'resting';
    this.onSeen?.();
    this.pace.interrupt();
    void this.inLine(() => this.drop());
  }

  /** What it does once it has begun. */
  private afterwards: 'running' | 'resting' = 'resting';

  private begin(afterwards: 'running' | 'resting'): void {
    this.stopper.abort();
    const { signal } = (this.stopper = new AbortController());
    this.afterwards = afterwards;
    this.says = null;
    this.standing = 'opening';
    void this.inLine(async () => {
      this.drop();
      if (signal.aborted) return;
      const { values, seed } = this.opened;
      const tell = (sentence: string) => {
        if (!signal.aborted) this.says = sentence;
      };
      const program = await this.opened.begin({ values, seed, signal }, tell);
      if (signal.aborted) return program.close();
      this.program = program;
      this.says = null;
      this.show();
      this.stand(this.latest?.ended === true ? 'ended' : this.afterwards);
    }, signal);
  }

  private stand(standing: 'running' | 'resting' | 'ended'): void {
    this.standing = standing;
    if (standing === 'running') void this.loop();
    else this.pace.interrupt();
  }

  /** Turn after turn, as long as it runs; one loop at a time. */
  private async loop(): Promise<void> {
    if (this.isLooping) return;
    this.isLooping = true;
    this.pace.begin();
    while (this.standing === 'running') {
      const began = performance.now();
      await this.inLine(async () => {
        if (this.standing === 'running') await this.turn(this.stepsPerTurn ?? Infinity);
      });
      const took = performance.now() - began;
      await this.pace.wait(this.hall.isMiniature ? 1000 / ((1 + RESTS) * took) : Infinity);
      if (this.standing === 'running' && performance.now() - this.seen > UNSEEN_MS)
        await new Promise<void>((seen) => (this.onSeen = seen));
      this.onSeen = null;
    }
    this.isLooping = false;
  }

  /** So many steps, fewer where they take long; answers how many. */
  private async turn(most: number): Promise<number> {
    const { program } = this;
    const { signal } = this.stopper;
    if (program === null) return most;
    const end = performance.now() + TURN_MS;
    let made = 0;
    do {
      await program.advance();
      made++;
    } while (made < most && performance.now() < end && !signal.aborted);
    if (!signal.aborted) this.show();
    return this.latest?.ended === true ? most : made;
  }

  /** Takes the newest frame. */
  private show(): void {
    if (this.program === null) return;
    this.latest = this.program.frame();
    this.version = this.hall.nextVersion();
    const { ended } = this.latest;
    if (ended && this.standing !== 'opening') this.stand('ended');
    else if (!ended && this.standing === 'ended') this.stand('resting');
  }

  /** Does something to the program when all that was asked before is done; what it throws ends the exhibit. */
  private inLine(task: () => void | Promise<void>, signal = this.stopper.signal): Promise<void> {
    const done = this.line.then(async () => {
      this.isBusy = true;
      try {
        await task();
      } catch (error) {
        // What was left is none of anybody's business any more.
        if (!signal.aborted) this.fail(error);
      } finally {
        this.isBusy = false;
      }
    });
    this.line = done;
    return done;
  }

  private fail(error: unknown): void {
    const why = messageOf(error);
    this.says = error instanceof NgcError ? why : `This exhibit has a fault and stopped: ${why}`;
    this.standing = 'failed';
    this.version = this.hall.nextVersion();
    this.drop();
  }

  private drop(): void {
    const { program } = this;
    this.program = null;
    program?.close();
  }
}
