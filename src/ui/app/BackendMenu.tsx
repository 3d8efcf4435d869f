import type { KeyboardEvent } from 'react';
import type { BackendChoice } from '../../protocol/reports.ts';
import common from '../parts/common.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { Field } from '../parts/Field.tsx';
import { backendMenu as words } from './words.ts';
import styles from './BackendMenu.module.css';

const CHOICES: readonly BackendChoice[] = ['auto', 'webgpu', 'wasm', 'cpu'];

/** Esc closes the menu, and the focus goes back to what opens it. */
function closeOnEscape(event: KeyboardEvent<HTMLDetailsElement>): void {
  const menu = event.currentTarget;
  if (event.key !== 'Escape' || !menu.open) return;
  // The page takes Esc for itself otherwise.
  event.preventDefault();
  menu.open = false;
  menu.querySelector('summary')?.focus();
}

/** What computes, why, and the means to choose otherwise. */
export function BackendMenu() {
  const { actions } = useApp();
  const backend = useAppState((s) => s.backend);
  const engine = useAppState((s) => s.engine);
  const choice = useAppState((s) => s.setUp.backend);
  const known = backend !== null && engine !== 'failed';
  return (
    <details className={styles.backend} onKeyDown={closeOnEscape}>
      <summary>
        <span role="status" aria-label={words.name}>
          {known ? (
            <>
              <b>{backend.name}</b> · {backend.adapter}
            </>
          ) : engine === 'failed' ? (
            words.failed
          ) : (
            words.starting
          )}
        </span>
      </summary>
      <div className={styles.menu}>
        {known && (
          <p>
            {words.computes(backend.executor)} {backend.reason}
          </p>
        )}
        <Field label={words.choose} stacked>
          <select
            value={choice}
            onChange={(event) => void actions.chooseBackend(event.target.value as BackendChoice)}
          >
            {CHOICES.map((value) => (
              <option key={value} value={value}>
                {words.choices[value]}
              </option>
            ))}
          </select>
        </Field>
        <p className={common.hint}>{words.restarts}</p>
        <button type="button" onClick={() => actions.openBench(true)}>
          {words.bench}
        </button>
      </div>
    </details>
  );
}
