import { NgcError } from '../shared/errors.ts';

/** Whether somebody asked the process to stop (Ctrl-C, or a polite kill). */
export interface Stop {
  readonly signal: AbortSignal;
  /** Throws a "cancelled" error once it was asked for. */
  check(): void;
}

/**
 * Ctrl-C reaches every process of the terminal, and whoever started us (npm, a shell, a batch system) sends it on: what comes within so
 * long (ms) of the first is the same wish.
 */
const SAME_WISH = 1000;

let listening: (Stop & { ask(): void }) | null = null;

/** Listens for SIGINT, SIGTERM and SIGHUP (the terminal was closed) from now on; asked for again, it ends the process at once. */
export function listenForStop(): Stop {
  listening ??= listen();
  return listening;
}

/** Nobody reads our output any more: long work stops and keeps what it has; anything else is done. */
export function outputClosed(): void {
  if (listening) listening.ask();
  else process.exit(0);
}

function listen() {
  const controller = new AbortController();
  const { signal } = controller;
  let first = Infinity;
  const ask = () => {
    first = Math.min(first, performance.now());
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => {
      if (performance.now() - first > SAME_WISH) process.exit(1);
      ask();
    });
  return {
    signal,
    ask,
    check() {
      if (signal.aborted) throw new NgcError('cancelled', 'Stopped; nothing was written.');
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
