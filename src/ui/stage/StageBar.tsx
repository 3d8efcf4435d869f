import type { RefObject } from 'react';
import type { Stage } from '../../store/state.ts';
import { PHASES } from '../../store/state.ts';
import flows from '../parts/flows.module.css';
import { Save } from '../save/Save.tsx';
import { lesionNames } from '../network/lesionNames.ts';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState, useShown } from '../parts/context.ts';
import { Segments } from '../parts/Segments.tsx';
import { stepText } from '../timeline/stepText.ts';
import { PHASE_FLOWS } from './phases.ts';
import { usePhase } from './usePhase.ts';
import { useStage } from './useStage.ts';
import { phases, stageBar as words } from './words.ts';
import styles from './StageBar.module.css';

/** What can stand in the middle: contests are for whoever wants numbers, and learning is where a network learns. */
const stagesOf = (story: boolean, training: boolean): readonly Stage[] => [
  'layers',
  ...(story ? [] : (['contests'] as const)),
  ...(training ? (['learning'] as const) : []),
];

interface StageBarProps {
  story: boolean;
  /** What is below it, to be saved. */
  picture: RefObject<HTMLElement | null>;
}

/** Above the network: the parts of a step, what is cut, and how to look at the layers. */
export function StageBar({ story, picture }: StageBarProps) {
  const { actions, episode } = useApp();
  const shown = useStage();
  const stages = stagesOf(
    story,
    useAppState((s) => s.setUp.mode === 'train'),
  );
  const kept = useAppState((s) => s.keepScales);
  return (
    <div className={styles.bar}>
      <PhaseButtons />
      <LesionState />
      {!story && shown !== 'learning' && (
        <button
          type="button"
          className={styles.keep}
          aria-pressed={kept}
          title={words.keepScalesHint}
          onClick={() => actions.keepScales(!kept)}
        >
          {words.keepScales}
        </button>
      )}
      {stages.length > 1 && (
        <Segments<Stage>
          name="stage"
          label={words.label}
          value={shown}
          options={stages.map((value) => ({ value, label: words[value] }))}
          onChange={actions.showStage}
        />
      )}
      <Save
        of={picture}
        what={words.pictures[shown]}
        more={() => (shown === 'learning' ? '' : stepText(episode).title)}
      />
    </div>
  );
}

/** The parts of a step in their order; the running one is lit, and any can be held on to. */
function PhaseButtons() {
  const { actions } = useApp();
  const phase = usePhase();
  const held = useAppState((s) => s.heldPhase);
  return (
    <div className={styles.phases} role="group" aria-label={words.phases}>
      {PHASES.map((part) => (
        <button
          key={part}
          type="button"
          className={classes(styles.phase, flows[PHASE_FLOWS[part]], phase === part && styles.lit)}
          aria-pressed={held === part}
          aria-current={phase === part ? 'step' : undefined}
          title={words.hold(phases[part].name)}
          onClick={() => actions.holdPhase(part)}
        >
          {phases[part].name}
        </button>
      ))}
    </div>
  );
}

/** What was cut at the step on show. */
function LesionState() {
  const { actions } = useApp();
  const lesions = useShown((shown) => shown.lesions);
  const mode = useAppState((s) => s.setUp.mode);
  const names = lesionNames(lesions);
  // Training knows no lesions.
  const shown = names.length > 0 && mode === 'complete';
  return (
    <div className={styles.lesions} role="status" aria-label={words.lesions}>
      {shown && (
        <button
          type="button"
          title={names.join(', ')}
          onClick={() => actions.showSideTool('lesions')}
        >
          ✕ {names.length === 1 ? names[0] : words.severalLesions(names.length)}
        </button>
      )}
    </div>
  );
}
