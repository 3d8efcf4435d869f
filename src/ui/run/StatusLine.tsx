import { useCallback, useMemo, useState } from 'react';
import type { Lesions } from '../../protocol/condition.ts';
import type { Cut } from '../../store/actions/meddling.ts';
import { isBlank } from '../../store/drawing.ts';
import type { AppState, Phase } from '../../store/state.ts';
import flows from '../parts/flows.module.css';
import { lesionNames } from '../network/lesionNames.ts';
import { lesions as lesionWords } from '../network/words.ts';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { LiveText, useTransient } from '../parts/painting.tsx';
import { PHASE_FLOWS } from '../stage/phases.ts';
import { useExplained, usePhase } from '../stage/usePhase.ts';
import { phases } from '../stage/words.ts';
import { live, now, status as words, statusLine } from './words.ts';
import styles from './StatusLine.module.css';

type Sentence = keyof typeof now;

const COLOURS: Partial<Record<Sentence, string | undefined>> = {
  settling: flows.up,
  completing: flows.up,
  training: flows.learn,
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

/** Title and text: of the part of a step that is lit, or of what goes on altogether. */
function sayOf(
  phase: Phase | null,
  key: Sentence,
  watching: boolean,
  lesions: Lesions,
): readonly [string, string] {
  if (phase !== null) {
    const { name, text } = phases[phase];
    return [name, text];
  }
  const usual = key === 'settling' || key === 'completing' || key === 'settled' || key === 'empty';
  const cut = lesionNames(lesions);
  if (usual && cut.length > 0) {
    const cuts = (Object.keys(lesionWords.cuts) as Cut[]).filter((cut) => lesions[cut]);
    const names = cut.join(', ');
    return [
      names.charAt(0).toUpperCase() + names.slice(1),
      cuts.map((cut) => lesionWords.cuts[cut].text).join(' ') || lesionWords.text,
    ];
  }
  return watching && usual ? live.now : now[key];
}

/** Says in words what happens now, and in one line how the run stands. */
export function StatusLine() {
  const { episode, store } = useApp();
  const phase = usePhase();
  const explained = useExplained();
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
    <section
      className={classes(styles.line, explained && styles.explained)}
      aria-label={statusLine.label}
    >
      <p
        className={classes(styles.title, phase === null ? COLOURS[key] : flows[PHASE_FLOWS[phase]])}
      >
        {title}
      </p>
      <p className={styles.text}>{text}</p>
      <p role="status" aria-label={statusLine.status} className={styles.status}>
        <LiveText read={status} signals={signals} />
      </p>
    </section>
  );
}

/** One sentence on how the run stands; `step` is the last step computed for the drawing, null without. */
function statusOf(state: AppState, step: number | null, steps: number, ended: boolean): string {
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
  if (watching && step !== null) return live.resting;
  if (isBlank(drawing.present)) return words.empty;
  if (step === null) return words.idle;
  return ended ? words.settled(steps) : words.pausedAt(step, steps);
}
