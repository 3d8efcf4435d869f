import { useEffect } from 'react';
import { hidesInk, isBlank } from '../../store/drawing.ts';
import type { RuleChoice } from '../../protocol/lab.ts';
import type { LabSideSlice } from '../../store/slices/labSide.ts';
import { Brush, DrawingTools } from '../drawing/DrawingTools.tsx';
import { DrawingCanvas } from '../drawing/DrawingCanvas.tsx';
import { OcclusionMenu } from '../drawing/OcclusionMenu.tsx';
import { drawing as drawingWords } from '../drawing/words.ts';
import common from '../parts/common.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { Segments } from '../parts/Segments.tsx';
import { SideModelCard } from './SideModelCard.tsx';
import { side as words } from './words.ts';
import styles from './SideBySide.module.css';

const TASKS: readonly LabSideSlice['sideTask'][] = ['complete', 'reconstruct'];
const RULES: readonly RuleChoice[] = ['best', 'paper'];

/** One drawing, and what every model makes of it. */
export function SideBySide() {
  const { actions } = useApp();
  const drawing = useAppState((s) => s.drawing.present);
  const models = useAppState((s) => s.sideModels);
  const looking = useAppState((s) => s.sideLooking);
  const task = useAppState((s) => s.sideTask);
  const rule = useAppState((s) => s.sideRule);
  const ready = useAppState((s) => s.data !== null);
  const canUndo = useAppState((s) => s.drawing.past.length > 0);
  const blank = isBlank(drawing);
  useEffect(() => actions.lookAll(), [actions, drawing]);
  const truth = task === 'reconstruct' || hidesInk(drawing);
  return (
    <section className={styles.side} aria-label={words.question}>
      <header>
        <h2>{words.question}</h2>
        <p className={common.hint}>{words.about}</p>
      </header>
      <div className={styles.columns}>
        <div className={styles.drawing}>
          <DrawingCanvas alone />
          <DrawingTools />
          <div className={styles.row}>
            <Brush />
            <OcclusionMenu />
          </div>
          <div className={styles.row}>
            <button type="button" disabled={!ready} onClick={() => void actions.takeExample()}>
              {drawingWords.example}
            </button>
            <button type="button" onClick={actions.clear}>
              {drawingWords.clear}
            </button>
            <button type="button" disabled={!canUndo} onClick={actions.undo}>
              {drawingWords.undo}
            </button>
          </div>
        </div>
        <div className={styles.answers}>
          <div className={styles.row}>
            <Segments
              name="side-task"
              label={words.task}
              value={task}
              options={TASKS.map((value) => ({ value, label: words.tasks[value] }))}
              onChange={actions.setSideTask}
            />
            {task === 'complete' && (
              <Segments
                name="side-rule"
                label={words.rule}
                value={rule}
                options={RULES.map((value) => ({ value, label: words.rules[value] }))}
                onChange={actions.setSideRule}
              />
            )}
            <button type="button" disabled={models === null} onClick={() => void actions.drawAll()}>
              {words.draw}
            </button>
            <span role="status" className={common.hint}>
              {blank
                ? words.blank
                : models === null
                  ? words.starting
                  : looking
                    ? words.looking
                    : ''}
            </span>
          </div>
          <ul className={styles.models} aria-label={words.models}>
            {(models ?? []).map((model) => (
              <SideModelCard key={model.id} model={model} truth={truth} />
            ))}
          </ul>
        </div>
      </div>
    </section>
  );
}
