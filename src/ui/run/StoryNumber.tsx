import { useCallback } from 'react';
import { useAppState } from '../parts/context.ts';
import { Explained } from '../parts/Formula.tsx';
import { useSignalsOfAll } from '../parts/frames.ts';
import { LiveText } from '../parts/painting.tsx';
import { fixed } from '../parts/format.ts';
import { useSurprise } from './useSurprise.ts';
import { gauge as words, metrics } from './words.ts';
import styles from './StoryNumber.module.css';

/** The one number of the story: how much what is seen still surprises the network, and what that means. */
export function StoryNumber() {
  const mode = useAppState((s) => s.setUp.mode);
  const signals = useSignalsOfAll();
  const { surprise, word } = useSurprise();
  const nats = useCallback(() => fixed(surprise()?.nats, 0), [surprise]);
  const heldOut = useAppState((s) => s.training?.validationBce ?? null);
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
