import { useCallback, useMemo, useState } from 'react';
import { isBlank } from '../store/drawing.ts';
import type { Lesions } from '../protocol/theatre.ts';
import type { Cut } from '../store/actions/meddling.ts';
import type { AppState } from '../store/state.ts';
import { useApp, useAppState } from './context.ts';
import { LiveText, useTransient } from './painting.tsx';
import type { Phase } from '../store/state.ts';
import { lesionNames } from './lesionNames.ts';
import { usePhase } from './phase.ts';
import { PHASE_FLOWS } from './StepCaption.tsx';
import { strings } from './strings.ts';

type Sentence = Exclude<keyof typeof strings.now, 'predict' | 'correct' | 'compete'>;

const COLOURS: Partial<Record<Sentence, string>> = {
  settling: 'flow-up',
  completing: 'flow-up',
  training: 'flow-learn',
};

/** Which sentence says best what is happening. */
function sentenceOf(state: AppState, ended: boolean): Sentence {
  const { engine, activity, setUp, drawing, model } = state;
  if (engine === 'failed') return 'failed';
  if (engine === 'starting') return 'starting';
  if (activity === 'loading' || model === null) return 'loading';
  if (activity === 'sampling') return 'sampling';
  if (activity === 'training') return 'training';
  if (activity === 'settling') return drawing.present.mask === null ? 'settling' : 'completing';
  if (setUp.mode === 'sample') return 'sampleReady';
  if (setUp.mode === 'train') return 'trainReady';
  if (isBlank(drawing.present)) return 'empty';
  if (!ended) return 'paused';
  return model.imagesSeen === 0 ? 'untrained' : 'settled';
}

const flow = (phase: Phase) => `flow-${PHASE_FLOWS[phase]}`;

/** Title and text: of the part of a step that is lit, or of what goes on altogether. */
function sayOf(
  phase: Phase | null,
  key: Sentence,
  watching: boolean,
  lesions: Lesions,
): readonly [string, string] {
  if (phase !== null) {
    const { name, text } = strings.theatre.phases[phase];
    return [name, text];
  }
  const usual = key === 'settling' || key === 'completing' || key === 'settled' || key === 'empty';
  const cut = lesionNames(lesions);
  if (usual && cut.length > 0) {
    const words = strings.theatre.lesions;
    const cuts = (Object.keys(words.cuts) as Cut[]).filter((cut) => lesions[cut]);
    const names = cut.join(', ');
    return [
      names.charAt(0).toUpperCase() + names.slice(1),
      cuts.map((cut) => words.cuts[cut].text).join(' ') || words.text,
    ];
  }
  return watching && usual ? strings.theatre.live.now : strings.now[key];
}

/** Says in words what happens now, and in one line how the run stands. */
export function Now() {
  const { episode, store } = useApp();
  const phase = usePhase();
  const signals = useMemo(
    () => [episode.changed, { emit: () => undefined, subscribe: store.subscribe }],
    [episode, store],
  );
  const [ended, setEnded] = useState(false);
  const look = useCallback(() => {
    // A live episode has no end, but comes to rest.
    setEnded(episode.ended || (episode.info?.resting ?? false));
  }, [episode]);
  useTransient(look, signals);
  const key = useAppState((s) => sentenceOf(s, ended));
  const watching = useAppState((s) => s.live && s.setUp.mode === 'complete');
  const lesions = useAppState((s) => s.lesions);
  const [title, text] = sayOf(phase, key, watching, lesions);
  const status = useCallback(() => {
    const { info, count } = episode;
    const last = count > 0 ? episode.stepAt(count - 1) : 0;
    const step = info?.kind === 'input' ? last : null;
    return statusOf(store.getState(), step, info?.steps ?? 0, episode.ended);
  }, [episode, store]);
  return (
    <section className="now" aria-label="Now">
      <p className={`now-title ${phase === null ? (COLOURS[key] ?? '') : flow(phase)}`}>{title}</p>
      <p className="now-text">{text}</p>
      <p role="status" aria-label={strings.runStatus} className="run-status">
        <LiveText read={status} signals={signals} />
      </p>
    </section>
  );
}

/** One sentence on how the run stands; `step` is the last step computed for the drawing, null without. */
function statusOf(state: AppState, step: number | null, steps: number, ended: boolean): string {
  const words = strings.status;
  const { engine, activity, setUp, drawing, samples, training, model, live } = state;
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
      return live ? strings.theatre.live.status : words.settlingInput;
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
  if (live && step !== null) return strings.theatre.live.resting;
  if (isBlank(drawing.present)) return words.empty;
  if (step === null) return words.idle;
  return ended ? words.settled(steps) : words.pausedAt(step, steps);
}
