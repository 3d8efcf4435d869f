/** The rate is an average over about so long (ms). */
const WINDOW = 8000;

/** How many images a second are learnt from: of the last few seconds, in which whatever is not training does not count. */
export class Rate {
  private readonly finished: { at: number; readonly images: number }[] = [];

  /** An update has learnt from so many images. */
  add(images: number): void {
    const { finished } = this;
    const at = performance.now();
    finished.push({ at, images });
    while (finished.length > 2 && at - finished[0]!.at > WINDOW) finished.shift();
  }

  /** Something else took so long (ms): the clock stands still meanwhile. */
  rest(pause: number): void {
    for (const entry of this.finished) entry.at += pause;
  }

  /** The clock starts anew: training was paused. */
  forget(): void {
    this.finished.length = 0;
  }

  /** Images a second, and over how long (ms) that was seen. */
  get now(): { readonly perSecond: number; readonly over: number } {
    const over = (this.finished.at(-1)?.at ?? 0) - (this.finished[0]?.at ?? 0);
    const images = this.finished.slice(1).reduce((sum, entry) => sum + entry.images, 0);
    return { perSecond: (1000 * images) / over, over };
  }
}
