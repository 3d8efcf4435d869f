import type { OcclusionPreset } from '../../store/occlusion.ts';
import { OCCLUSIONS } from '../../store/occlusion.ts';
import type { Tool } from '../../store/state.ts';
import buttons from '../parts/buttons.module.css';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { Field } from '../parts/Field.tsx';
import { Segments } from '../parts/Segments.tsx';
import { DrawingCanvas } from './DrawingCanvas.tsx';
import { LiveSwitch } from './LiveSwitch.tsx';
import { drawing as words } from './words.ts';
import styles from './DrawingPanel.module.css';

const TOOLS: readonly Tool[] = ['draw', 'erase', 'occlude'];

/** Draw, erase, hide; take an example. */
export function DrawingPanel() {
  const { actions } = useApp();
  const tool = useAppState((s) => s.tool);
  const brush = useAppState((s) => s.brush);
  const occlusion = useAppState((s) => s.drawing.present.occlusion);
  const origin = useAppState((s) => s.drawing.present.origin);
  const canUndo = useAppState((s) => s.drawing.past.length > 0);
  const ready = useAppState((s) => s.data !== null);
  return (
    <section className={styles.panel} aria-label={words.heading}>
      <div className={common.sectionHead}>
        <h2>{words.heading}</h2>
        <span className={classes(common.soft, common.small)}>{origin}</span>
      </div>
      <DrawingCanvas />
      <div className={styles.controls}>
        <Segments
          name="tool"
          label={words.tools}
          value={tool}
          options={TOOLS.map((value) => ({ value, label: words[value] }))}
          onChange={actions.setTool}
        />
        <div className={buttons.row}>
          <button type="button" onClick={actions.clear}>
            {words.clear}
          </button>
          <button type="button" onClick={actions.undo} disabled={!canUndo}>
            {words.undo}
          </button>
          <button
            type="button"
            className={buttons.wide}
            disabled={!ready}
            onClick={() => void actions.takeExample()}
          >
            {words.example}
          </button>
        </div>
        <Field label={words.brush}>
          <input
            type="range"
            min={0.6}
            max={5}
            step={0.2}
            value={brush}
            onChange={(event) => actions.setBrush(Number(event.target.value))}
          />
        </Field>
        <Field label={words.occlusion}>
          <select
            value={occlusion}
            onChange={(event) => actions.setOcclusion(event.target.value as OcclusionPreset)}
          >
            {OCCLUSIONS.map((preset) => (
              <option key={preset} value={preset}>
                {words.occlusions[preset]}
              </option>
            ))}
            {occlusion === 'brush' && <option value="brush">{words.occlusions.brush}</option>}
          </select>
        </Field>
        <LiveSwitch />
      </div>
    </section>
  );
}
