import buttons from '../parts/buttons.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { bytes } from '../parts/format.ts';
import { mirrorOffer as words } from './words.ts';
import styles from './MirrorOffer.module.css';

/** Where a dataset is neither here nor beside the page: whose host has it. Nothing is fetched before the button is pressed. */
export function MirrorOffer() {
  const { actions } = useApp();
  const offer = useAppState((s) => s.offer);
  const unwanted = useAppState((s) => s.offer?.dataset === s.declined || s.progress !== null);
  if (offer === null || unwanted) return null;
  const { dataset, title, host, bytes: size } = offer;
  return (
    <aside className={styles.offer} aria-label={words.label}>
      <p>{words.missing(title)}</p>
      <button type="button" onClick={() => void actions.fetchFromMirror(dataset)}>
        {words.fetch(title, size === null ? null : bytes(size), host)}
      </button>
      <button
        type="button"
        className={buttons.quiet}
        aria-label={words.decline(title)}
        onClick={() => actions.declineMirror(dataset)}
      >
        ×
      </button>
    </aside>
  );
}
