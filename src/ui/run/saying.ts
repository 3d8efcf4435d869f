import type { Lesions } from '../../protocol/condition.ts';
import type { EpisodeBuffer } from '../../store/episode.ts';
import { isBlank } from '../../store/drawing.ts';
import type { Cut } from '../../store/actions/meddling.ts';
import type { AppState, Phase } from '../../store/state.ts';
import { lesionNames } from '../network/lesionNames.ts';
import { lesions as lesionWords } from '../network/words.ts';
import { phases } from '../stage/words.ts';
import { live, now, past, status as words, still } from './words.ts';

/** How the drawing's episode stands, and what of it is on show. */
export interface Course extends Pick<EpisodeBuffer, 'standing' | 'movement'> {
  /** The last step computed; null without an episode of the drawing. */
  readonly last: number | null;
  /** The last it was to make. */
  readonly steps: number;
  /** The step on show where that is not the newest one; null otherwise. */
  readonly earlier: number | null;
  /** Whether an episode before this one is on show. */
  readonly recalled: boolean;
  readonly resting: boolean;
}

/** Reads how an episode stands. */
export function courseOf(episode: EpisodeBuffer): Course {
  const { info, count, shown, following, recalled, standing, movement } = episode;
  const drawn = info?.kind === 'input';
  return {
    ...{ standing, movement },
    last: drawn && count > 0 ? episode.stepAt(count - 1) : null,
    steps: info?.steps ?? 0,
    earlier: drawn && !following && shown >= 0 ? episode.stepAt(shown) : null,
    recalled: recalled !== null,
    resting: info?.resting ?? false,
  };
}

export type Sentence = keyof typeof now;

/** Which sentence says best what is happening. */
export function sentenceOf(state: AppState, { standing, resting }: Course): Sentence {
  const { engine, activity, setUp, drawing, model, data, samples, weightsVersion } = state;
  if (engine === 'failed') return 'failed';
  if (engine === 'starting') return 'starting';
  if (model !== null && data === null && activity === 'loading') return 'loadingData';
  if (activity === 'loading' || model === null) return 'loading';
  if (activity === 'sampling') return 'sampling';
  if (activity === 'training') return 'training';
  if (activity === 'settling')
    return drawing.present.mask === null ? 'settling' : setUp.completion === 'eq19' ? 'completingEq19' : 'completing'; // prettier-ignore
  if (setUp.mode === 'sample')
    return samples?.version === weightsVersion ? 'sampled' : 'sampleReady';
  if (setUp.mode === 'train') return 'trainReady';
  if (isBlank(drawing.present)) return 'empty';
  if (resting || standing === 'settled') return model.imagesSeen === 0 ? 'untrained' : 'settled';
  if (standing === 'stopped') return model.imagesSeen === 0 ? 'untrained' : 'stopped';
  return 'paused';
}

const OF_THE_DRAWING: readonly Sentence[] = ['settling', 'completing', 'completingEq19', 'settled', 'stopped', 'empty']; // prettier-ignore

/** Title and text: of the part of a step that is lit, of the past that is on show, or of what goes on altogether. */
export function sayOf(
  phase: Phase | null,
  key: Sentence,
  course: Course,
  watching: boolean,
  lesions: Lesions,
): readonly [string, string] {
  if (phase !== null) {
    const { name, text } = phases[phase];
    return [name, text];
  }
  if (course.recalled) return past.episode;
  if (course.earlier !== null) return past.step(course.earlier, course.last);
  const ours = OF_THE_DRAWING.includes(key);
  const cut = lesionNames(lesions);
  if (ours && cut.length > 0) {
    const cuts = (Object.keys(lesionWords.cuts) as Cut[]).filter((cut) => lesions[cut]);
    const names = cut.join(', ');
    return [
      names.charAt(0).toUpperCase() + names.slice(1),
      cuts.map((cut) => lesionWords.cuts[cut].text).join(' ') || lesionWords.text,
    ];
  }
  return watching && ours ? live.now : now[key];
}

/** One sentence on how the run stands. */
export function statusOf(state: AppState, course: Course): string {
  const { engine, activity, setUp, drawing, samples, training, model, live: watching } = state;
  if (engine === 'starting') return words.starting;
  if (engine === 'failed') return words.failed;
  switch (activity) {
    case 'loading':
      return words.loading;
    case 'training':
      return words.training;
    case 'sampling':
      return words.sampling;
    case 'benchmark':
      return words.benchmark;
    case 'settling':
      if (setUp.mode === 'train') return words.settlingTraining;
      return watching ? live.status : words.settlingInput;
    case 'idle':
      break;
    default:
      return activity satisfies never;
  }
  if (setUp.mode === 'sample')
    return samples === null ? words.sampleReady : words.samplesDrawn(samples.count);
  if (setUp.mode === 'train') {
    const seen = training?.imagesSeen ?? model?.imagesSeen ?? 0;
    return seen > 0 ? words.trained(seen) : words.trainReady;
  }
  const { last, steps, standing, movement } = course;
  if (watching && last !== null) return course.resting ? live.resting : live.paused;
  if (isBlank(drawing.present)) return words.empty;
  if (last === null) return words.idle;
  switch (standing) {
    case 'settled':
      return still.settled(last);
    case 'stopped':
      return still.stopped(last, movement ?? NaN);
    default:
      return words.pausedAt(last, steps);
  }
}
