import { useEffect, useRef } from 'react';
import { covers } from '../../experiments/cells.ts';
import type { Experiment } from '../../experiments/experiment.ts';
import type { Place } from '../../experiments/layers.ts';
import { samePlace, stateOf } from '../../experiments/layers.ts';
import type { CellResult } from '../../experiments/result.ts';
import { resultsAt } from '../../experiments/summary.ts';
import buttons from '../parts/buttons.module.css';
import common from '../parts/common.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { useStacked } from '../parts/theme.ts';
import { useFocusReturn } from '../parts/useFocusReturn.ts';
import { CourseChart } from './CourseChart.tsx';
import { Exhibits } from './Exhibits.tsx';
import { OpenInTheatre } from './OpenInTheatre.tsx';
import { OriginOf } from './OriginOf.tsx';
import { PlaceNumbers } from './PlaceNumbers.tsx';
import { useKnown } from './useKnown.ts';
import { usePlaceRun } from './usePlaceRun.ts';
import { budgets, lab, place as words, table } from './words.ts';
import styles from './PlacePanel.module.css';

interface PlacePanelProps {
  experiment: Experiment;
  place: Place;
}

/** What is behind a cell: its numbers, its curve, its pictures beside those of others, and how it was made. */
export function PlacePanel({ experiment, place }: PlacePanelProps) {
  const { actions } = useApp();
  const known = useKnown(experiment.id);
  const running = usePlaceRun(experiment, place);
  const busy = useAppState((s) => s.labRun !== null || s.labTurning !== null);
  const budget = useAppState((s) => s.setUp.budget);
  const panel = useRef<HTMLElement>(null);
  useFocusReturn(true);
  const stacked = useStacked();
  // Where the panel stands under the table, whoever opens it would not see it.
  useEffect(() => {
    if (stacked) panel.current?.scrollIntoView({ block: 'start' });
  }, [stacked, place]);
  const row = experiment.rows.find(({ key }) => key === place.row);
  if (row === undefined) return null;
  const covered = covers(experiment.plan(budget), place.dataset);
  const left = actions.cellsToRun(experiment, budget).some((cell) => samePlace(cell, place));
  const own = resultsAt(known.own, place);
  const shipped = resultsAt(known.shipped, place);
  const state = stateOf(experiment, place, known, running);
  const shown: CellResult | undefined = own[0] ?? shipped[0];
  return (
    <aside ref={panel} className={styles.panel} aria-label={words.label(row.title)}>
      <div className={common.panelHead}>
        <h2>
          {row.title} · {lab.datasets[place.dataset]}
        </h2>
        <button type="button" onClick={() => actions.openPlace(null)}>
          {words.close}
        </button>
      </div>
      {row.note !== undefined && <p className={common.hint}>{row.note}</p>}
      <div className={styles.actions}>
        <button
          type="button"
          className={buttons.primary}
          disabled={busy || !left}
          onClick={() => void actions.runPlace(experiment, place)}
        >
          {words.run}
        </button>
        <OpenInTheatre result={shown} row={row} dataset={place.dataset} />
        <span className={common.hint}>
          {covered ? table.states[state] : words.uncovered(budgets[budget])}
        </span>
      </div>
      {running.reason !== null && <p className={styles.failed}>{running.reason}</p>}
      {own.map(
        ({ key, reason }) =>
          reason !== null && (
            <p key={key} className={styles.failed}>
              {reason}
            </p>
          ),
      )}
      <PlaceNumbers {...{ experiment, place, known }} />
      <CourseChart
        title={words.course}
        courses={[
          ...shipped.slice(0, 1).map(({ curve }) => ({ curve, own: false })),
          ...(running.curve ? [] : own.slice(0, 1)).map(({ curve }) => ({ curve, own: true })),
          ...(running.curve ? [{ curve: running.curve, own: true }] : []),
        ]}
      />
      <Exhibits {...{ experiment, place, known }} />
      {shipped[0] && <OriginOf title={words.ours} results={shipped} />}
      {own[0] && <OriginOf title={words.yours} results={own} />}
      {shown === undefined && !running.running && <p className={common.hint}>{words.nothing}</p>}
    </aside>
  );
}
