import { useCallback, useMemo } from 'react';
import { surpriseOf } from '../../store/surprise.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { Explained } from '../parts/Formula.tsx';
import { LiveText } from '../parts/painting.tsx';
import { fixed } from '../parts/format.ts';
import { gauge as words, metrics } from './words.ts';
import styles from './StoryNumber.module.css';

/** The one number of the story: how much what is seen still surprises the network, and what that means. */
export function StoryNumber() {
  const { episode, store } = useApp();
  const mode = useAppState((s) => s.setUp.mode);
  const signals = useMemo(
    () => [episode.changed, { emit: () => undefined, subscribe: store.subscribe }],
    [episode, store],
  );
  const nats = useCallback(
    () => fixed(surpriseOf(store.getState(), episode)?.nats, 0),
    [store, episode],
  );
  const heldOut = useAppState((s) => s.training?.testBce ?? null);
  const word = useCallback(() => {
    const found = surpriseOf(store.getState(), episode);
    if (found?.verdict == null || found.scale === null) return '';
    const { dataset, images } = found.scale;
    return words.verdicts[found.verdict](words.nouns(dataset), images);
  }, [store, episode]);
  if (mode === 'train')
    return (
      <section className={styles.number} aria-label={metrics.label}>
        {heldOut !== null && (
          <>
            <p className={styles.name}>{words.atHeldOut}</p>
            <p className={styles.value}>
              {fixed(heldOut)} <Explained>{words.unit}</Explained>
            </p>
          </>
        )}
      </section>
    );
  return (
    <section className={styles.number} aria-label={metrics.label}>
      <p className={styles.name}>{words.atSeen}</p>
      <p className={styles.value}>
        <LiveText read={nats} signals={signals} testId="metric-surprise" />{' '}
        <Explained>{words.unit}</Explained>
      </p>
      <p className={styles.word}>
        <LiveText read={word} signals={signals} testId="surprise-word" />
      </p>
    </section>
  );
}
