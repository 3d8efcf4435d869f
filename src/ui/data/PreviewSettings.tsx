import type { ReactNode } from 'react';
import type { StagedImages } from '../../store/slices/ownData.ts';
import { useApp } from '../parts/context.ts';
import { preview as words } from './words.ts';
import dialog from './DataDialog.module.css';
import styles from './PreviewDialog.module.css';

/** Where a threshold stands when it is switched on. */
const FIRST_THRESHOLD = 0.5;

/** How the images are changed; every change shows at once. */
export function PreviewSettings({ staged: { change, keep } }: { staged: StagedImages }) {
  const { actions } = useApp();
  const { threshold, invert, centre } = change;
  const percent = threshold === null ? null : Math.round(100 * threshold);
  return (
    <section className={styles.settings} aria-label={words.settings}>
      <Choice
        label={words.threshold}
        hint={words.thresholdHint(percent)}
        checked={threshold !== null}
        onChange={(on) => void actions.changeImages({ threshold: on ? FIRST_THRESHOLD : null })}
      >
        <input
          type="range"
          aria-label={words.threshold}
          min={1}
          max={99}
          value={percent ?? 100 * FIRST_THRESHOLD}
          disabled={threshold === null}
          onChange={({ target }) =>
            void actions.changeImages({ threshold: Number(target.value) / 100 })
          }
        />
      </Choice>
      <Choice
        label={words.invert}
        hint={words.invertHint}
        checked={invert}
        onChange={(on) => void actions.changeImages({ invert: on })}
      />
      <Choice
        label={words.centre}
        hint={words.centreHint}
        checked={centre}
        onChange={(on) => void actions.changeImages({ centre: on })}
      />
      <hr />
      <Choice label={words.keep} checked={keep} onChange={actions.keepImages} />
    </section>
  );
}

interface ChoiceProps {
  label: string;
  hint?: string;
  checked: boolean;
  onChange(checked: boolean): void;
  /** What goes with it while it is on. */
  children?: ReactNode;
}

function Choice({ label, hint, checked, onChange, children }: ChoiceProps) {
  return (
    <div className={styles.setting}>
      <label className={dialog.choice}>
        <input
          type="checkbox"
          aria-label={label}
          checked={checked}
          onChange={({ target }) => onChange(target.checked)}
        />
        <span>
          {label}
          {hint !== undefined && <small>{hint}</small>}
        </span>
      </label>
      {children}
    </div>
  );
}
