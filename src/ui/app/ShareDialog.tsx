import { useMemo, useState } from 'react';
import { qrModules, qrPicture } from '../../viz/qr.ts';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { SvgView } from '../parts/SvgView.tsx';
import { sharedLink as words } from './words.ts';
import styles from './ShareDialog.module.css';

/** The set-up as a link, and as a code that a class reads off the wall. */
export function ShareDialog() {
  const { actions } = useApp();
  const shared = useAppState((s) => s.sharedLink);
  const presenting = useAppState((s) => s.presenting);
  const [whole, setWhole] = useState(true);
  const link = (whole ? shared?.link : shared?.bare) ?? '';
  const code = useMemo(() => (link === '' ? null : qrPicture(link, words.code)), [link]);
  if (shared === null) return null;
  const bareFits = whole && code === null && qrModules(shared.bare) !== null;
  const copied = shared.copied === link;
  return (
    <Dialog
      label={words.heading}
      closeLabel={words.close}
      wide={!presenting}
      full={presenting}
      onClose={actions.closeShared}
    >
      <div className={styles.share}>
        <div className={styles.code}>
          {code === null ? (
            <p className={classes(common.empty, styles.none)}>
              {bareFits ? words.tooLong(link.length) : words.tooLongBare(link.length)}
            </p>
          ) : (
            <SvgView picture={code} />
          )}
        </div>
        <div className={styles.text}>
          <p>{words.about}</p>
          <label>
            <input type="checkbox" checked={whole} onChange={() => setWhole(!whole)} />{' '}
            {words.whole}
          </label>
          <textarea
            readOnly
            rows={5}
            className={styles.link}
            aria-label={words.link}
            value={link}
            onFocus={(event) => event.target.select()}
          />
          <div className={styles.row}>
            <button type="button" onClick={() => void actions.copyShared(link)}>
              {words.copy}
            </button>
            <span role="status" className={common.hint}>
              {copied ? words.copied : shared.refused ? words.refused : ''}
            </span>
          </div>
          <p className={common.hint}>{words.notWeights}</p>
          {isLocal(link) && <p className={common.hint}>{words.local}</p>}
        </div>
      </div>
    </Dialog>
  );
}

/** Whether a link leads to nobody but who is at this machine. */
const isLocal = (link: string) =>
  /^(file:|https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])([:/]|$))/.test(link);
