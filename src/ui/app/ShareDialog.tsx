import { useApp, useAppState } from '../parts/context.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { sharedLink } from './words.ts';
import styles from './ShareDialog.module.css';

/** The link, where the browser does not let the page copy it. */
export function ShareDialog() {
  const { actions } = useApp();
  const link = useAppState((s) => s.sharedLink);
  if (link === null) return null;
  const { heading, text, close } = sharedLink;
  return (
    <Dialog label={heading} closeLabel={close} onClose={actions.closeShared}>
      <p>{text}</p>
      <input
        readOnly
        className={styles.link}
        aria-label={heading}
        value={link}
        onFocus={(event) => event.target.select()}
      />
    </Dialog>
  );
}
