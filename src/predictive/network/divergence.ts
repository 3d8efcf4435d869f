import { NgcError } from '../../shared/errors.ts';
import { largestCurvature } from './curvature.ts';
import type { Episode } from './episode.ts';
import { release } from './memory.ts';
import type { SettleOptions } from './settling.ts';
import { settle } from './settling.ts';
import { begin } from './start.ts';
import type { State } from './state.ts';
import { meanEnergy } from './state.ts';
import type { Wiring } from './wiring.ts';

/** F that is more than so many times what it was at the start has left all proportion. */
const OUT_OF_PROPORTION = 10;

/** What F may be by rounding alone, where it starts at nothing (nats). */
const ROUNDING = 1e-3;

/** Whether settling has blown up: F is not finite, or far more than it was at its start. Noise may lift it, so sampling only counts the first. */
export function isDiverged(before: number, after: number, temperature = 0): boolean {
  if (!Number.isFinite(after)) return true;
  const most = OUT_OF_PROPORTION * Math.max(Math.abs(before), ROUNDING);
  return temperature === 0 && after > most;
}

/** Throws a "diverged" error that names γ and the rate under which settling would be stable, where F says that it was not. */
export async function checkEnergy(
  wiring: Wiring,
  episode: Episode,
  { before, after }: { readonly before: number; readonly after: number },
): Promise<void> {
  const { rate, temperature } = wiring.settings;
  if (!isDiverged(before, after, temperature)) return;
  const start = begin(wiring, episode);
  const most = await largestCurvature(wiring, episode, start);
  release(start);
  const stable = Number.isFinite(most)
    ? `2/λmax, here ${(2 / most).toPrecision(2)}`
    : '2/λmax; λmax is not finite here, so the synapses are too large';
  throw new NgcError(
    'diverged',
    `Settling diverged: F went from ${before.toPrecision(3)} to ${after.toPrecision(3)} nats at rate (γ) ${rate}; it must stay below ${stable}.`,
  );
}

/** The state after T steps, as `settle` gives it. Throws a "diverged" error where F left all proportion on the way. */
export async function settleSoundly(
  wiring: Wiring,
  episode: Episode,
  options: SettleOptions = {},
): Promise<State> {
  let before = NaN;
  const onStep = async (state: State) => {
    if (state.step === 0) before = await read(wiring, state);
    await options.onStep?.(state);
  };
  const state = await settle(wiring, episode, { ...options, onStep });
  try {
    await checkEnergy(wiring, episode, { before, after: await read(wiring, state) });
    return state;
  } catch (error) {
    release(state);
    throw error;
  }
}

async function read(wiring: Wiring, state: State): Promise<number> {
  const energy = meanEnergy(wiring, state);
  const [value = NaN] = await energy.data();
  energy.dispose();
  return value;
}
