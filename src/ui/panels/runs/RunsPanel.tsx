import { useEffect, useRef } from 'react';
import buttons from '../../parts/buttons.module.css';
import common from '../../parts/common.module.css';
import { classes } from '../../parts/classes.ts';
import { useApp, useAppState } from '../../parts/context.ts';
import { bytes } from '../../parts/format.ts';
import { Comparison } from './Comparison.tsx';
import { RunEntry } from './RunEntry.tsx';
import { runs as words } from './words.ts';
import styles from './RunsPanel.module.css';

/** Trainings that this browser keeps: to go on with, to name, to copy, to take away and to take home. */
export function RunsPanel() {
  const { actions, curves } = useApp();
  const runs = useAppState((s) => s.runs);
  const lasting = useAppState((s) => s.runsLast);
  const storage = useAppState((s) => s.storage);
  const ready = useAppState((s) => s.engine === 'ready');
  const chosen = useAppState((s) => s.chosenRuns.length);
  const comparing = useAppState((s) => s.compared !== null);
  const anyCurves = useAppState((s) => s.training !== null) && curves.points.length > 0;
  const elsewhere = useAppState((s) => s.elsewhere.runs);
  const files = useRef<HTMLInputElement>(null);
  // Again when another page has changed one.
  useEffect(() => {
    if (ready) void actions.listRuns();
  }, [actions, ready, elsewhere]);
  return (
    <section className={styles.panel} data-testid="runs" aria-label={words.label}>
      <div className={classes(buttons.row, styles.head)}>
        <button type="button" title={words.importHint} onClick={() => files.current?.click()}>
          {words.import}
        </button>
        <button type="button" disabled={!anyCurves} onClick={() => actions.exportCurves()}>
          {words.exportCurves}
        </button>
        <button
          type="button"
          disabled={chosen < 2}
          title={words.compareHint}
          onClick={() => void actions.compareRuns()}
        >
          {words.compare}
        </button>
        <input
          ref={files}
          type="file"
          hidden
          accept=".safetensors"
          onChange={({ target }) => {
            void actions.openFiles([...(target.files ?? [])]);
            target.value = '';
          }}
        />
      </div>
      {comparing && <Comparison />}
      {!lasting && <p className={styles.lost}>{words.lost}</p>}
      {runs === null && <p className={common.hint}>{words.loading}</p>}
      {runs?.length === 0 && <p className={common.hint}>{words.none}</p>}
      <ul className={styles.list}>
        {runs?.map((run) => (
          <RunEntry key={run.id} run={run} />
        ))}
      </ul>
      {lasting && storage !== null && (
        <p className={common.hint}>{words.storage(bytes(storage.used), bytes(storage.quota))}</p>
      )}
    </section>
  );
}
