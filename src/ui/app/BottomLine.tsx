import { BackendMenu } from './BackendMenu.tsx';
import { LabRunning } from './LabRunning.tsx';
import { Messages } from './Messages.tsx';
import { MirrorOffer } from './MirrorOffer.tsx';
import { NewVersion } from './NewVersion.tsx';
import styles from './BottomLine.module.css';

/** The last line of the page: what it has to say, and what computes. It has its place, so that nothing it says covers anything. */
export function BottomLine() {
  return (
    <div className={styles.line}>
      <Messages />
      <MirrorOffer />
      <NewVersion />
      <LabRunning />
      <BackendMenu />
    </div>
  );
}
