import { checkLesions, refuseLearning } from '../ngc/lesions.ts';
import type { Lesions } from '../protocol/condition.ts';
import type { CompletionRule } from '../protocol/episode.ts';
import type { BesideReport, UpdateReport } from '../protocol/reports.ts';
import { isIntact, NO_LESIONS } from '../protocol/condition.ts';
import { NgcError } from '../shared/errors.ts';
import { settleBeside } from './comparison.ts';
import type { Drawing, Manner, Start } from './inputEpisode.ts';
import { InputEpisode } from './inputEpisode.ts';
import type { NetworkShelf } from './networks.ts';
import { yieldToMessages } from './pacing.ts';
import type { Recorder } from './recorder.ts';

/** Settles the user's drawing on the active network, a step at a time. */
export class InputDriver {
  /** What is cut while the drawing settles. */
  lesions: Lesions = NO_LESIONS;
  /** What becomes of hidden pixels. */
  how: CompletionRule = 'silent';
  drawing: Drawing | null = null;
  /** Where the next episode of the drawing begins; null: with states at zero. */
  private start: Start | null = null;
  private episode: InputEpisode | null = null;

  constructor(
    private readonly networks: NetworkShelf,
    private readonly recorder: Recorder,
    private readonly notify: (text: string) => void,
  ) {}

  /** Whether there is an episode that goes on while the drawing changes. */
  get live(): boolean {
    return this.episode?.live ?? false;
  }

  get resting(): boolean {
    return this.episode?.resting ?? false;
  }

  /** Takes a new drawing; the episode of the old one is over. */
  draw(drawing: Drawing): void {
    this.end();
    this.drawing = drawing;
  }

  /** Takes a new drawing into the live episode, or begins one with it. */
  async perceive(drawing: Drawing): Promise<void> {
    this.drawing = drawing;
    if (this.episode?.live && !this.episode.diverged) return this.episode.perceive(drawing);
    this.end();
    this.episode = await this.begin(true);
  }

  end(): void {
    this.episode?.dispose();
    this.episode = null;
    this.start = null;
  }

  /** Begins the drawing's episode anew from where an imagining began, or from zero. */
  beginFrom(start: Start | null): void {
    this.mustDraw();
    this.end();
    this.start = start;
  }

  /** An episode that has ended goes on from where its states are: `more` steps, T if not given; one under way goes on anyway. */
  goOn(more?: number): void {
    this.mustDraw();
    this.episode?.goOn(more);
  }

  private mustDraw(): Drawing {
    if (!this.drawing) throw new NgcError('usage', 'There is nothing to settle: draw something.');
    return this.drawing;
  }

  private begin(live = false): Promise<InputEpisode> {
    const { networks, recorder } = this;
    return InputEpisode.begin(networks.current, recorder, this.mustDraw(), this.manner(live));
  }

  private manner(live: boolean): Manner {
    const { lesions, start } = this;
    // What is imagined sends no error: that is part of imagining.
    return { lesions, how: start ? 'silent' : this.how, live, start };
  }

  /** Another rule for hidden pixels: an episode that it matters to begins anew, at once where it is live. */
  async complete(how: CompletionRule): Promise<void> {
    if (how === this.how) return;
    this.how = how;
    const { live } = this;
    if (!live && this.drawing?.mask === null) return;
    this.end();
    if (live) this.episode = await this.begin(true);
  }

  /** Cuts from now on. Throws a usage error where the network has no such layer or neuron. */
  async cut(lesions: Lesions): Promise<void> {
    checkLesions(this.networks.current.model.config.sizes, lesions);
    this.lesions = lesions;
    await this.episode?.lesion(lesions);
  }

  /** The network is another one: lesions it cannot have are healed. */
  healStrangers(): void {
    if (isIntact(this.lesions) || !this.networks.active) return;
    try {
      checkLesions(this.networks.active.model.config.sizes, this.lesions);
    } catch {
      this.lesions = NO_LESIONS;
      this.notify('The lesions were of another network, whose layers were larger: all are healed.');
    }
  }

  /** Settings have changed: what the next step will do is recorded anew. */
  async steered(): Promise<void> {
    await this.episode?.touched();
  }

  /** Shows the state before the first step, then makes one step a call; false when the episode has ended or rests. */
  async advance(): Promise<boolean> {
    if (!this.episode) {
      this.episode = await this.begin();
      return true;
    }
    const { episode } = this;
    if (!episode.ended) await episode.step();
    return !episode.ended && !episode.resting;
  }

  async singleStep(): Promise<void> {
    this.goOn(1);
    await this.advance();
  }

  /** Settles what is left and learns from the drawing. */
  async weightUpdate(): Promise<UpdateReport> {
    refuseLearning(this.lesions);
    this.episode ??= await this.begin();
    while (!this.episode.reachedEnd) {
      await this.episode.step();
      await yieldToMessages();
    }
    const { report, warnings } = await this.episode.learn();
    for (const warning of warnings) this.notify(warning);
    this.end();
    return report;
  }

  /** Settles the drawing once more under other lesions, beside everything else. */
  beside(wanted: { readonly lesions: Lesions; readonly steps: number }): Promise<BesideReport> {
    return settleBeside(this.networks, this.mustDraw(), this.manner(false), wanted);
  }
}
