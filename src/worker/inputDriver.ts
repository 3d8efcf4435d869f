import { NgcError } from '../shared/errors.ts';
import type { Drawing } from './inputEpisode.ts';
import { InputEpisode } from './inputEpisode.ts';
import type { NetworkShelf } from './networks.ts';
import { yieldToMessages } from './pacing.ts';
import type { Recorder } from './recorder.ts';

/** Settles the user's drawing on the active network, a step at a time. */
export class InputDriver {
  private drawing: Drawing | null = null;
  private episode: InputEpisode | null = null;

  constructor(
    private readonly networks: NetworkShelf,
    private readonly recorder: Recorder,
    private readonly notify: (text: string) => void,
  ) {}

  /** Takes a new drawing; the episode of the old one is over. */
  draw(drawing: Drawing): void {
    this.end();
    this.drawing = drawing;
  }

  end(): void {
    this.episode?.dispose();
    this.episode = null;
  }

  /** An episode that has ended makes room for another; one under way goes on. */
  startOver(): void {
    if (!this.drawing) throw new NgcError('usage', 'There is nothing to settle: draw something.');
    if (this.episode?.ended) this.end();
  }

  private async begin(): Promise<InputEpisode> {
    this.startOver();
    return InputEpisode.begin(this.networks.current, this.recorder, this.drawing!);
  }

  /** Shows the state before the first step, then makes one step a call; false when the episode has ended. */
  async advance(): Promise<boolean> {
    if (!this.episode) {
      this.episode = await this.begin();
      return true;
    }
    if (!this.episode.ended) await this.episode.step();
    return !this.episode.ended;
  }

  async singleStep(): Promise<void> {
    this.startOver();
    await this.advance();
  }

  /** Settles what is left and learns from the drawing. */
  async weightUpdate(): Promise<void> {
    this.episode ??= await this.begin();
    while (!this.episode.ended) {
      await this.episode.step();
      await yieldToMessages();
    }
    for (const warning of await this.episode.learn()) this.notify(warning);
    this.end();
  }
}
