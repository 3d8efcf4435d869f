/** Lets the worker hear its messages: resolves in a later task, without the 4 ms a timer would cost. */
export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Waits so that calls come `perSecond` times a second; null: as often as possible, yielding in between. */
export class Pace {
  perSecond: number | null = null;
  private last = 0;
  private wake: (() => void) | null = null;

  /** @param most a limit to the calls a second, whatever was asked for */
  async wait(most = Infinity): Promise<void> {
    const now = performance.now();
    const perSecond = Math.min(this.perSecond ?? Infinity, most);
    const rest = this.last + 1000 / perSecond - now;
    if (rest > 1)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, rest);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    else await yieldToMessages();
    this.wake = null;
    this.last = performance.now();
  }

  /** Ends a wait at once: the speed changed, or there is nothing left to wait for. */
  interrupt(): void {
    this.wake?.();
  }
}
