import { useCallback, useMemo, useState } from 'react';
import { isBlank } from '../store/drawing.ts';
import type { AppState } from '../store/state.ts';
import { useApp, useAppState } from './context.ts';
import { LiveText, useTransient } from './painting.tsx';
import type { Phase } from './phase.ts';
import { usePhase } from './phase.ts';
import { strings } from './strings.ts';

type Sentence = keyof typeof strings.now;

const COLOURS: Partial<Record<Sentence, string>> = {
  predict: 'flow-down',
  correct: 'flow-up',
  compete: 'flow-side',
  settling: 'flow-up',
  completing: 'flow-up',
  training: 'flow-learn',
};

/** Which sentence says best what is happening. */
function sentenceOf(state: AppState, phase: Phase, ended: boolean): Sentence {
  const { engine, activity, setUp, drawing, model } = state;
  if (engine === 'failed') return 'failed';
  if (engine === 'starting') return 'starting';
  if (activity === 'loading' || model === null) return 'loading';
  if (activity === 'sampling') return 'sampling';
  if (phase !== 'all') return phase;
  if (activity === 'training') return 'training';
  if (activity === 'settling') return drawing.present.mask === null ? 'settling' : 'completing';
  if (setUp.mode === 'sample') return 'sampleReady';
  if (setUp.mode === 'train') return 'trainReady';
  if (isBlank(drawing.present)) return 'empty';
  if (!ended) return 'paused';
  return model.imagesSeen === 0 ? 'untrained' : 'settled';
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
    const { info, count } = episode;
    setEnded(info !== null && count > 0 && episode.stepAt(count - 1) >= info.steps);
  }, [episode]);
  useTransient(look, signals);
  const key = useAppState((s) => sentenceOf(s, phase, ended));
  const [title, text] = strings.now[key];
  const status = useCallback(() => {
    const { info, count } = episode;
    const last = count > 0 ? episode.stepAt(count - 1) : 0;
    return statusOf(store.getState(), info?.kind === 'input' ? last : null, info?.steps ?? 0);
  }, [episode, store]);
  return (
    <section className="now" aria-label="Now">
      <p className={`now-title ${COLOURS[key] ?? ''}`}>{title}</p>
      <p className="now-text">{text}</p>
      <p role="status" aria-label={strings.runStatus} className="run-status">
        <LiveText read={status} signals={signals} />
      </p>
    </section>
  );
}

/** One sentence on how the run stands; `step` is the last step computed for the drawing, null without. */
function statusOf(state: AppState, step: number | null, steps: number): string {
  const words = strings.status;
  const { engine, activity, setUp, drawing, samples, training, model } = state;
  if (engine === 'starting') return words.starting;
  if (engine === 'failed') return words.failed;
  switch (activity) {
    case 'loading':
      return words.loading;
    case 'training':
      return words.training;
    case 'sampling':
      return words.sampling;
    case 'settling':
      return setUp.mode === 'train' ? words.settlingTraining : words.settlingInput;
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
  if (isBlank(drawing.present)) return words.empty;
  if (step === null) return words.idle;
  return step >= steps ? words.settled(steps) : words.pausedAt(step, steps);
}
