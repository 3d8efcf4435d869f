import type { CSSProperties } from 'react';
import type { Change } from '../../store/changes.ts';
import { useApp } from '../parts/context.ts';
import { changes as words } from './words.ts';
import styles from './ChangeMarks.module.css';

/** A change with its words. */
export interface NamedChange {
  readonly change: Change;
  readonly label: string;
  readonly title: string;
}

/** Below the axis, where something was cut, healed or changed; a press shows that step. */
export function ChangeMarks({ changes }: { changes: readonly NamedChange[] }) {
  const { episode } = useApp();
  if (changes.length === 0) return null;
  return (
    <div className={styles.marks} role="group" aria-label={words.group}>
      {changes.map(({ change, label, title }, i) => {
        const next = changes[i + 1]?.change.step;
        return (
          <button
            key={change.step}
            type="button"
            className={styles.mark}
            aria-label={title}
            title={title}
            data-last={next === undefined}
            style={{ '--at': change.step, '--next': next ?? change.step } as CSSProperties}
            onClick={() => episode.show(episode.indexOfStep(change.step))}
          >
            {label}
          </button>
        );
      })}
    </div>
  );
}
