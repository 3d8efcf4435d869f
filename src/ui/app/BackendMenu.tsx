import { useCallback, useRef, useState } from 'react';
import type { BackendChoice } from '../../protocol/reports.ts';
import common from '../parts/common.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { Field } from '../parts/Field.tsx';
import { useDismiss } from '../parts/useDismiss.ts';
import { backendMenu as words } from './words.ts';
import styles from './BackendMenu.module.css';

const CHOICES: readonly BackendChoice[] = ['auto', 'webgpu', 'wasm', 'cpu'];

/** What computes, why, and the means to choose otherwise. */
export function BackendMenu() {
  const { actions } = useApp();
  const backend = useAppState((s) => s.backend);
  const engine = useAppState((s) => s.engine);
  const choice = useAppState((s) => s.setUp.backend);
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const frame = useRef<HTMLDetailsElement>(null);
  useDismiss(frame, open, close);
  const known = backend !== null && engine !== 'failed';
  return (
    <details
      className={styles.backend}
      ref={frame}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
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
