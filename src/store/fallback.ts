import type { BackendChoice, BackendReport } from '../protocol/reports.ts';

/** How an engine is started. */
export interface Level {
  readonly backend: BackendChoice;
  /** Without workers beside it. */
  readonly alone: boolean;
}

/** So many losses within so long (ms) are no accident. */
const MOST = 3;
const WITHIN_MS = 60_000;
/** Who dies younger than this (ms), twice in a row, cannot live like that. */
const YOUNG_MS = 5_000;

const levelOf = (running: BackendReport | null): Level => ({
  backend: running?.name ?? 'auto',
  alone: running?.name !== 'webgpu' && !/workers/.test(running?.executor ?? ''),
});

/** The next simpler way to compute; null: there is none. */
function below({ backend, alone }: Level): Level | null {
  if (backend === 'cpu') return null;
  if (backend !== 'wasm') return { backend: 'wasm', alone: false };
  return alone ? { backend: 'cpu', alone } : { backend, alone: true };
}

/** How it computes, in words that end a sentence. */
export function saidOf({ backend, alone }: Level): string {
  if (backend === 'cpu') return 'in plain JavaScript';
  return alone ? 'with WASM in one thread' : 'with WASM instead of WebGPU';
}

/** Counts the losses of engines, and says when the next is to compute in a simpler way. */
export interface Fallback {
  /** How the next one is started; null: as the set-up says. */
  readonly level: Level | null;
  started(at: number): void;
  /**
   * An engine was lost that computed with `running`. The next is to compute as before, or as `level` says; or it was lost too often, and
   * there is nothing simpler.
   */
  lost(at: number, running: BackendReport | null): 'again' | 'simpler' | 'enough';
  /** This way does not start at all. False where there is nothing below it. */
  stepDown(running: BackendReport | null): boolean;
  /** A person has chosen: nothing is held against that. */
  forget(): void;
}

export function createFallback(): Fallback {
  let level: Level | null = null;
  let losses: number[] = [];
  let startedAt = -Infinity;
  let young = 0;

  const forgive = () => {
    losses = [];
    young = 0;
  };
  const stepDown = (running: BackendReport | null): boolean => {
    const next = below(level ?? levelOf(running));
    if (next === null) return false;
    level = next;
    forgive();
    return true;
  };
  return {
    get level() {
      return level;
    },
    started: (at) => void (startedAt = at),
    lost(at, running) {
      losses = [...losses.filter((one) => at - one < WITHIN_MS), at];
      young = at - startedAt < YOUNG_MS ? young + 1 : 0;
      if (losses.length < MOST && young < 2) return 'again';
      return stepDown(running) ? 'simpler' : 'enough';
    },
    stepDown,
    forget() {
      level = null;
      forgive();
    },
  };
}
