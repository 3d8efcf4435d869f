import { isIntact, NO_LESIONS } from '../protocol/condition.ts';
import type { BesideReport } from '../protocol/reports.ts';
import type { Context } from './context.ts';
import { ask } from './context.ts';
import type { EpisodeBuffer } from './episode.ts';
import { same } from './kept.ts';
import type { AppState } from './state.ts';
import { whenResting } from './whenResting.ts';

/** ρ_1 … ρ_L at a step; null where it was not settled that far. */
export const activeAt = ({ active }: BesideReport, step: number): readonly number[] | null =>
  active[step] ?? null;

/** What an array of steps holds of one of them; null where it was not settled that far. */
export const stretch = (values: Float32Array, steps: number, step: number): Float32Array | null => {
  const length = values.length / (steps + 1);
  return step > steps ? null : values.subarray(step * length, (step + 1) * length);
};

/** φ(z_l) [J_l] at a step; null where it was not settled that far. */
export function activityAt({ activity, steps }: BesideReport, layer: number, step: number) {
  const values = activity[layer - 1];
  return values ? stretch(values, steps, step) : null;
}

/** The picture [J0] at a step; null where it was not settled that far. */
export const besidePicture = ({ pictures, steps }: BesideReport, step: number) =>
  stretch(pictures, steps, step);

/** The intact twin of the episode on show, if it is known as far as the step on show. */
export function twinOf(
  { intact }: Pick<AppState, 'intact'>,
  { info, stepAt, shown }: Pick<EpisodeBuffer, 'info' | 'stepAt' | 'shown'>,
): BesideReport | null {
  if (intact === null || info === null || intact.episode !== info.id) return null;
  const fits = same(intact.config, info.config) && intact.report.version === info.weightsVersion;
  return fits && stepAt(shown) <= intact.report.steps ? intact.report : null;
}

/** When what is cut at the frame on show was cut: the first step made without it, and how many steps have been made since. */
export function cutSince({
  conditionAt,
  stepAt,
  shown,
}: Pick<EpisodeBuffer, 'conditionAt' | 'stepAt' | 'shown'>): {
  readonly at: number;
  readonly since: number;
} | null {
  const lesioned = (index: number) => {
    const condition = conditionAt(index);
    return condition !== null && !isIntact(condition.lesions);
  };
  if (!lesioned(shown)) return null;
  let first = shown;
  while (first > 0 && lesioned(first - 1)) first--;
  return { at: stepAt(first), since: stepAt(shown) - stepAt(first) };
}

/** Has the intact network settled beside, whenever an episode rests in which something is cut. */
export function keepTwin(context: Context): void {
  const { store, episode } = context;
  const newest = () => {
    const { info, stepAt, count } = episode;
    return { info, stepAt, shown: count - 1 };
  };
  const needed = (): string | null => {
    const state = store.getState();
    const { info } = episode;
    const present = state.engine === 'ready' && state.setUp.mode === 'complete';
    if (!present || state.activity !== 'idle' || info?.kind !== 'input' || info.live) return null;
    if (episode.recalled !== null || info.weightsVersion !== state.weightsVersion) return null;
    if (isIntact(state.lesions) || twinOf(state, newest()) !== null) return null;
    return JSON.stringify([info.id, info.steps, info.weightsVersion, info.config]);
  };
  const settle = async () => {
    const { info } = episode;
    if (info === null) return;
    const { id, steps, config } = info;
    const report = await ask(context, { type: 'settleBeside', lesions: NO_LESIONS, steps });
    if (report !== null) store.setState({ intact: { report, episode: id, config } });
  };
  whenResting(context, needed, settle);
}
