import { useMemo } from 'react';
import type { DrawingsReport, KeptDrawing } from '../../protocol/data.ts';
import buttons from '../parts/buttons.module.css';
import { classes } from '../parts/classes.ts';
import common from '../parts/common.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { BytePicture } from './BytePicture.tsx';
import { Undone } from './Undone.tsx';
import { data, drawings as words } from './words.ts';
import dialog from './DataDialog.module.css';
import styles from './DrawingsTab.module.css';

/** The drawings that are kept, by label: to look at, to delete, to learn from. */
export function DrawingsTab() {
  const { actions } = useApp();
  const report = useAppState((s) => s.drawings);
  const removed = useAppState((s) => s.removedDrawing);
  if (report === null) return <p className={common.hint}>{data.looking}</p>;
  const { drawings, lasting } = report;
  return (
    <div className={styles.tab} data-testid="my-drawings">
      {drawings.length === 0 && <p className={common.hint}>{words.none}</p>}
      {removed !== null && (
        <Undone says={words.removed(removed)} onUndo={() => void actions.restoreDrawing()} />
      )}
      <Groups drawings={drawings} />
      {drawings.length > 0 && <LearnFrom report={report} />}
      {!lasting && <p className={dialog.wrong}>{words.lost}</p>}
    </div>
  );
}

function Groups({ drawings }: { drawings: readonly KeptDrawing[] }) {
  const { actions } = useApp();
  const groups = useMemo(() => byLabel(drawings), [drawings]);
  return (
    <div className={styles.groups}>
      {groups.map(({ label, members }) => (
        <section key={label} className={styles.group} aria-label={label}>
          <h4>
            {label} <small>{members.length}</small>
          </h4>
          <ul>
            {members.map(({ id, pixels }) => (
              <li key={id}>
                <BytePicture pixels={pixels} className={styles.picture} />
                <button
                  type="button"
                  aria-label={words.removeOf(label)}
                  title={words.removeOf(label)}
                  onClick={() => void actions.removeDrawing(id)}
                >
                  ×
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** What becomes of them as a dataset, and the choice of variations. */
function LearnFrom({ report }: { report: DrawingsReport }) {
  const { actions } = useApp();
  const vary = useAppState((s) => s.varyDrawings);
  const inUse = useAppState((s) => s.data?.dataset === 'drawings');
  const { drawings, least, split, seed, variations } = report;
  const { train, validation, test } = split;
  const enough = train + validation + test >= least;
  const { count, shift, turn } = variations;
  return (
    <div className={styles.learn}>
      <p className={common.small}>
        {enough ? words.split(train, validation, test, seed) : words.tooFew(drawings.length, least)}
      </p>
      <label className={dialog.choice}>
        <input
          type="checkbox"
          checked={vary}
          onChange={({ target }) => void actions.setVaryDrawings(target.checked)}
        />
        <span>
          {words.vary(count)}
          <small>{words.varied(train * (1 + count), shift, turn, seed)}</small>
        </span>
      </label>
      <div className={styles.use}>
        <button
          type="button"
          className={buttons.primary}
          disabled={!enough}
          onClick={() => void actions.useDrawings()}
        >
          {words.use}
        </button>
        {inUse && <span className={classes(common.small, common.soft)}>{words.inUse}</span>}
      </div>
    </div>
  );
}

/** Drawings of one label together, labels in order, numbers by their value. */
function byLabel(drawings: readonly KeptDrawing[]) {
  const groups = new Map<string, KeptDrawing[]>();
  for (const drawing of drawings) {
    const members = groups.get(drawing.label);
    if (members) members.push(drawing);
    else groups.set(drawing.label, [drawing]);
  }
  const { compare } = new Intl.Collator('en', { numeric: true });
  return [...groups]
    .map(([label, members]) => ({ label, members }))
    .sort((a, b) => compare(a.label, b.label));
}
