import { useMemo, useRef, useState } from 'react';
import type { ComparedCurve, ComparedRun } from '../../../protocol/runs.ts';
import { differencesOf, groupCurve, groupsOf } from '../../../store/comparison.ts';
import { figureLook } from '../../../viz/lab/look.ts';
import { runsPicture } from '../../../viz/lab/runs.ts';
import common from '../../parts/common.module.css';
import { useApp, useAppState } from '../../parts/context.ts';
import { Save } from '../../save/Save.tsx';
import { SvgView } from '../../parts/SvgView.tsx';
import { useLook } from '../../parts/theme.ts';
import { useSize } from '../../parts/useSize.ts';
import { beside } from './beside/words.ts';
import { comparison as words } from './words.ts';
import styles from './Comparison.module.css';

const CURVES = Object.keys(words.curves) as ComparedCurve[];

/** What is compared, for a picture of it that leaves the page. */
const aboutRuns = (runs: readonly ComparedRun[]) =>
  [...new Set(runs.map(({ card }) => card.dataset.title))].join(', ');

/** Runs on the same axes, and what they differ in. */
export function Comparison() {
  const { actions } = useApp();
  const compared = useAppState((s) => s.compared);
  const settings = useAppState((s) => s.report?.settings);
  const [curve, setCurve] = useState<ComparedCurve>('validationBce');
  const [log, setLog] = useState(false);
  const { kind, colours, font } = useLook();
  const room = useRef<HTMLDivElement>(null);
  const size = useSize(room);
  const groups = useMemo(() => groupsOf(compared ?? []), [compared]);
  const picture = useMemo(() => {
    if (!size) return null;
    const lines = groups.map((group) => ({ name: group.name, points: groupCurve(group, curve) }));
    return runsPicture(words.curves[curve], lines, { log }, size, figureLook(kind, colours, font));
  }, [groups, curve, log, size, kind, colours, font]);
  const differences = differencesOf(groups, settings ?? []);
  return (
    <section className={styles.comparison} aria-label={words.label}>
      <div className={styles.choices}>
        <select
          aria-label={words.curve}
          value={curve}
          onChange={({ target }) => setCurve(target.value as ComparedCurve)}
        >
          {CURVES.map((value) => (
            <option key={value} value={value}>
              {words.curves[value]}
            </option>
          ))}
        </select>
        <label>
          <input type="checkbox" checked={log} onChange={() => setLog(!log)} /> {words.log}
        </label>
        <button
          type="button"
          disabled={(compared ?? []).length < 2}
          title={beside.openHint}
          onClick={() => void actions.openRunsBeside()}
        >
          {beside.open}
        </button>
        {groups.length > 0 && (
          <Save
            of={room}
            what={words.picture(words.curves[curve])}
            about={() => aboutRuns(compared ?? [])}
          />
        )}
        <button type="button" onClick={() => actions.endComparison()}>
          {words.close}
        </button>
      </div>
      <div ref={room} className={styles.room} data-testid="runs-compared">
        {picture && <SvgView picture={picture} />}
      </div>
      {groups.length > 1 && differences.length === 0 && <p className={common.hint}>{words.same}</p>}
      {differences.length > 0 && (
        <table className={styles.differences} aria-label={words.differences}>
          <thead>
            <tr>
              <th scope="col">{words.differences}</th>
              {groups.map(({ name, runs: [run] }) => (
                <th key={run?.card.id} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {differences.map(({ what, values }) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                {values.map((value, i) => (
                  <td key={groups[i]?.runs[0]?.card.id}>{value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
