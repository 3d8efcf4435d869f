import { nextTask } from '../shared/nextTask.ts';

let beats = 0;

/** How often work has let messages in so far: as long as this rises, work goes on. */
export const heartbeats = (): number => beats;

/** Lets the worker hear its messages: resolves in a later task. */
export function yieldToMessages(): Promise<void> {
  beats++;
  return nextTask();
}

/** Waits so that calls come `perSecond` times a second; null: as often as possible, yielding in between. */
export class Pace {
  perSecond: number | null = null;
  private last = 0;
  private wake: (() => void) | null = null;
  /** Whether an interruption came while nothing waited: the next wait is the one it meant. */
  private interrupted = false;

  /** A run of calls begins: what was interrupted before is none of its business. */
  begin(): void {
    this.interrupted = false;
  }

  /** @param most a limit to the calls a second, whatever was asked for */
  async wait(most = Infinity): Promise<void> {
    const now = performance.now();
    const perSecond = Math.min(this.perSecond ?? Infinity, most);
    const rest = this.interrupted ? 0 : this.last + 1000 / perSecond - now;
    if (rest > 1) await this.sleep(rest);
    else await yieldToMessages();
    this.interrupted = false;
    this.last = performance.now();
  }

  private async sleep(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = null;
  }

  /** Ends the wait under way at once, or the next one where none is: the speed changed, or there is nothing left to wait for. */
  interrupt(): void {
    this.interrupted = true;
    this.wake?.();
  }
}
