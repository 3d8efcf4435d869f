import type { NearestReport } from '../../protocol/latents.ts';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { Picture } from '../parts/Picture.tsx';
import { nearest as words } from './words.ts';
import styles from './Nearest.module.css';

const nameOf = ({ classNames }: NearestReport, label: number) =>
  label < 0 ? null : (classNames[label] ?? String(label));

/** Whether a sample is memorised: the training image nearest to it, and, for scale, the one nearest to that. */
export function Nearest({ place }: { place: number }) {
  const { actions } = useApp();
  const samples = useAppState((s) => s.samples);
  const found = useAppState((s) => s.nearest);
  const images = useAppState((s) => s.data?.trainImages ?? 0);
  if (samples === null || place >= samples.count) return null;
  const size = samples.pixels.length / samples.count;
  const pixels = samples.pixels.slice(place * size, (place + 1) * size);
  return (
    <section className={styles.nearest} aria-label={words.label} data-testid="nearest">
      <Labelled pixels={pixels.map((value) => (value > 0.5 ? 1 : 0))} label={words.sample} />
      {found !== null && (
        <>
          <Labelled
            pixels={found.nearest.picture}
            label={words.image(nameOf(found, found.nearest.label))}
          />
          <Labelled
            pixels={found.next.picture}
            label={words.next(nameOf(found, found.next.label))}
          />
        </>
      )}
      <div className={styles.words}>
        <h3>{words.title}</h3>
        <p>
          {found === null ? (
            words.looking(images)
          ) : (
            <>
              {words.differs(found.images, found.nearest.differing)}{' '}
              {words.scale(found.next.differing, verdict(found))}
            </>
          )}
        </p>
        <div className={styles.buttons}>
          <button
            type="button"
            onClick={() => void actions.usePicture(pixels, 'a sample of the network')}
          >
            {words.complete}
          </button>
          <button
            type="button"
            onClick={() => {
              actions.showSampleView('hand');
              void actions.driveFrom({ pixels, origin: 'a sample of the network' });
            }}
          >
            {words.drive}
          </button>
          <button type="button" onClick={() => void actions.chooseSample(null)}>
            {words.close}
          </button>
        </div>
      </div>
    </section>
  );
}

/** What the two distances say, and no more. */
function verdict({ nearest, next }: NearestReport): string {
  if (nearest.differing === 0) return words.copy;
  return nearest.differing < next.differing ? words.nearer : words.farther;
}

function Labelled({ pixels, label }: { pixels: Float32Array; label: string }) {
  return (
    <figure className={styles.figure}>
      <span className={styles.picture}>
        <Picture pixels={pixels} />
      </span>
      <figcaption className={classes(common.small, common.soft)}>{label}</figcaption>
    </figure>
  );
}
