import { NgcError } from '../shared/errors.ts';

/** Whether somebody asked the process to stop (Ctrl-C, or a polite kill). */
export interface Stop {
  readonly signal: AbortSignal;
  /** Throws a "cancelled" error once it was asked for. */
  check(): void;
}

let listening: Stop | null = null;

/** Listens for SIGINT and SIGTERM from now on; the second one ends the process at once. */
export function listenForStop(): Stop {
  listening ??= listen();
  return listening;
}

function listen(): Stop {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(1);
      controller.abort();
    });
  return {
    signal: controller.signal,
    check() {
      if (controller.signal.aborted)
        throw new NgcError('cancelled', 'Stopped; nothing was written.');
    },
  };
}

/** A progress handler that ends the work once it is to stop. */
export function stoppable(
  follow: (fraction: number) => Promise<void>,
  stop: Stop,
): (fraction: number) => Promise<void> {
  return async (fraction) => {
    await follow(fraction);
    stop.check();
  };
}
