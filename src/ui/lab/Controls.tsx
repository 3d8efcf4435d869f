import { BUDGETS } from '../../experiments/experiment.ts';
import type { Budget, Experiment } from '../../experiments/experiment.ts';
import { labCommand } from '../../experiments/commands.ts';
import { experimentPicture } from '../../viz/lab/figure.ts';
import { PAPER_LOOK } from '../../viz/lab/look.ts';
import { svgText } from '../../viz/lab/svg.ts';
import buttons from '../parts/buttons.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { Segments } from '../parts/Segments.tsx';
import { useLook } from '../parts/theme.ts';
import { Budgets } from './Budgets.tsx';
import { Progress } from './Progress.tsx';
import { useKnown } from './useKnown.ts';
import { budgets, controls as words } from './words.ts';
import styles from './Controls.module.css';

/** How large an exported figure is (pixels). */
const EXPORTED = { width: 960, height: 540 };

/** How much work, to run and to stop, and what can be taken away. */
export function Controls({ experiment }: { experiment: Experiment }) {
  const { actions } = useApp();
  const { font } = useLook();
  const budget = useAppState((s) => s.setUp.budget);
  const run = useAppState((s) => s.labRun);
  const turning = useAppState((s) => s.labTurning);
  const known = useKnown(experiment.id);
  const command = labCommand(experiment.id, budget);
  const draw = async () => {
    const picture = experimentPicture(experiment, known, EXPORTED, { ...PAPER_LOOK, font });
    // What brings the font along comes once somebody wants it.
    return picture && svgText(await (await import('../save/fonts.ts')).withFonts(picture));
  };
  const anyOwn = useAppState((s) => (s.labOwn[experiment.id]?.length ?? 0) > 0);
  const left = actions.cellsToRun(experiment, budget).length;
  const busy = run !== null || turning !== null;
  return (
    <div className={styles.controls}>
      <div className={styles.row}>
        <button
          type="button"
          className={buttons.primary}
          disabled={busy || left === 0}
          title={left === 0 ? words.allDone : undefined}
          onClick={() => void actions.runAll(experiment)}
        >
          {words.runAll}
        </button>
        <button
          type="button"
          disabled={!busy || turning === 'stopping'}
          onClick={() => void actions.stopLab()}
        >
          {words.stop}
        </button>
        <Segments<Budget>
          name="budget"
          label={words.budget}
          value={budget}
          options={BUDGETS.map((value) => ({ value, label: budgets[value] }))}
          onChange={actions.setBudget}
        />
        <Budgets experiment={experiment} left={left} done={known.own.length} />
        <span className={styles.exports}>
          <button type="button" onClick={() => actions.exportCsv(experiment)}>
            {words.csv}
          </button>
          <button type="button" onClick={() => void actions.exportJson(experiment)}>
            {words.json}
          </button>
          <button type="button" onClick={() => void actions.exportSvg(experiment, draw)}>
            {words.svg}
          </button>
          <button type="button" title={command} onClick={() => void actions.copyCommand(command)}>
            {words.copyCommand}
          </button>
          {anyOwn && (
            <button
              type="button"
              disabled={busy}
              onClick={() => void actions.removeResults(experiment.id)}
            >
              {words.remove}
            </button>
          )}
        </span>
      </div>
      {busy && <Progress experiment={experiment} />}
    </div>
  );
}
