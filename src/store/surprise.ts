import type { Look, SurpriseReport, SurpriseSpread } from '../protocol/surprise.ts';
import type { EpisodeBuffer } from './episode.ts';
import { same } from './kept.ts';
import type { AppState } from './state.ts';

/** Scales for so many ways to look are kept: one may go back to what was hidden before. */
export const MOST_SCALES = 8;
/** The steps after which pictures that are watched live are taken to have come to rest. */
export const LIVE_STEPS = 60;
/** Two ways to compute differ by rounding: what lies so near an end (a share of it) lies within. */
const ROUNDING = 1e-3;

/**
 * Where a picture stands among held-out ones: below all of them, below most, among them, above most, above all. Both ends are
 * unlike them: an empty page surprises less than any. `broken`: not a finite number.
 */
export type Verdict = 'emptier' | 'plainer' | 'usual' | 'unusual' | 'unlike' | 'broken';

/** The verdict on −log p(x_seen | mu_0), nats, against its spread over held-out images at the same step. */
export function verdictOf(nats: number, { least, p5, p95, most }: SurpriseSpread): Verdict {
  if (!Number.isFinite(nats)) return 'broken';
  if (nats < least * (1 - ROUNDING)) return 'emptier';
  if (nats > most * (1 + ROUNDING)) return 'unlike';
  if (nats < p5 * (1 - ROUNDING)) return 'plainer';
  return nats > p95 * (1 + ROUNDING) ? 'unusual' : 'usual';
}

/** How much the picture of a frame surprises the network. */
export interface Surprise {
  /** −log p(x_seen | mu_0), of the pixels that are seen. */
  readonly nats: number;
  /** Null while no scale is known for the frame. */
  readonly verdict: Verdict | null;
  readonly scale: SurpriseReport | null;
  /** Of the scale, at the frame's step. */
  readonly spread: SurpriseSpread | null;
}

type Frame = Pick<
  EpisodeBuffer,
  'info' | 'read' | 'conditionAt' | 'pictureAt' | 'stepAt' | 'shown'
>;

/** How the picture of a frame (the shown one if not given) is looked at; null while there is none, in training, and for imaginings. */
export function lookOf(frame: Frame, index = frame.shown): Look | null {
  const { info } = frame;
  const condition = frame.conditionAt(index);
  const picture = frame.pictureAt(index);
  // An imagining begins elsewhere than the held-out images do.
  if (info === null || info.imagining !== null || condition === null || picture === null)
    return null;
  return {
    mask: picture.mask,
    how: info.how,
    lesions: condition.lesions,
    live: info.live,
  };
}

/** The spread at a step; of an episode without end the last one. Null where it was not measured that far. */
function spreadAt({ spread, look }: SurpriseReport, step: number): SurpriseSpread | null {
  return spread[look.live ? spread.length - 1 : step] ?? null;
}

/** The scale of exactly this look, synapses, settings and data, as far as it was measured to `step`; null: it has to be. */
function scaleFor(
  { surprises, data }: Pick<AppState, 'surprises' | 'data'>,
  frame: Frame,
  index: number,
): SurpriseReport | null {
  const look = lookOf(frame, index);
  const { info } = frame;
  const steering = frame.conditionAt(index)?.steering;
  if (look === null || info === null) return null;
  return (
    surprises.find(
      (scale) =>
        scale.version === info.weightsVersion &&
        scale.dataset === data?.title &&
        same(scale.steering, steering) &&
        same(scale.look, look) &&
        spreadAt(scale, frame.stepAt(index)) !== null,
    ) ?? null
  );
}

/**
 * How much the picture of a frame (the shown one if not given) surprises the network, and what that means: held against held-out
 * images with the same pixels hidden, looked at by the same network under the same settings for as many steps. Null while there
 * is no frame.
 */
export function surpriseOf(
  state: Pick<AppState, 'surprises' | 'data'>,
  frame: Frame,
  index = frame.shown,
): Surprise | null {
  const { info } = frame;
  const nats = info === null ? undefined : frame.read(info.layout.surprise, index)?.[0];
  if (nats === undefined) return null;
  const scale = scaleFor(state, frame, index);
  const spread = scale && spreadAt(scale, frame.stepAt(index));
  return { nats, scale, spread, verdict: spread && verdictOf(nats, spread) };
}
