import type { RefObject } from 'react';
import { useRef } from 'react';
import { hidesInk, isBlank } from '../../store/drawing.ts';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { DataButton } from '../data/DataButton.tsx';
import { Save } from '../save/Save.tsx';
import { stepText } from '../timeline/stepText.ts';
import { AddToDrawings } from './AddToDrawings.tsx';
import { DrawingCanvas } from './DrawingCanvas.tsx';
import { Brush, DrawingTools } from './DrawingTools.tsx';
import { LiveSwitch } from './LiveSwitch.tsx';
import { OcclusionMenu } from './OcclusionMenu.tsx';
import { sentenceOf } from './sentence.ts';
import { drawing as words } from './words.ts';
import styles from './DrawingPanel.module.css';

/** The large picture: draw, erase, hide; take an example; imagine again, and look at the truth. */
export function DrawingPanel() {
  const density = useAppState((s) => s.setUp.density);
  const picture = useRef<HTMLDivElement>(null);
  return (
    <section className={styles.panel} aria-label={words.heading}>
      {density === 'story' ? <StoryHead /> : <NumbersHead picture={picture} />}
      <DrawingCanvas ref={picture} />
      <Controls />
      <div className={styles.own}>
        <AddToDrawings />
        <DataButton />
        {density === 'story' && <SavePicture picture={picture} />}
      </div>
      {density === 'story' && <Invitation />}
    </section>
  );
}

/** What this is about, in one sentence. */
function StoryHead() {
  const says = useAppState((s) => sentenceOf(s.drawing.present).says);
  return <h2 className={styles.sentence}>{says}</h2>;
}

interface OfPicture {
  picture: RefObject<HTMLElement | null>;
}

function SavePicture({ picture }: OfPicture) {
  const { episode } = useApp();
  const blank = useAppState((s) => isBlank(s.drawing.present));
  if (blank) return null;
  return <Save of={picture} what={words.picture} more={() => stepText(episode).title} />;
}

function Invitation() {
  const invites = useAppState((s) => sentenceOf(s.drawing.present).invites);
  const tool = useAppState((s) => s.tool);
  return <p className={styles.invitation}>{tool === 'draw' ? invites : words.hints[tool]}</p>;
}

function NumbersHead({ picture }: OfPicture) {
  const origin = useAppState((s) => s.drawing.present.origin);
  return (
    <div className={common.sectionHead}>
      <h2>{words.heading}</h2>
      <span className={classes(common.soft, common.small)}>{origin}</span>
      <SavePicture picture={picture} />
    </div>
  );
}

function Controls() {
  const { actions } = useApp();
  const canUndo = useAppState((s) => s.drawing.past.length > 0);
  const ready = useAppState((s) => s.data !== null);
  return (
    <div className={styles.controls}>
      <div className={styles.tools}>
        <DrawingTools />
      </div>
      <Brush className={styles.brush} />
      <OcclusionMenu className={styles.occlusion} />
      <button
        type="button"
        className={styles.example}
        disabled={!ready}
        onClick={() => void actions.takeExample()}
      >
        {words.example}
      </button>
      <ImaginingButtons />
      <button type="button" className={styles.clear} onClick={actions.clear}>
        {words.clear}
      </button>
      <button type="button" className={styles.undo} onClick={actions.undo} disabled={!canUndo}>
        {words.undo}
      </button>
      <div className={styles.live}>
        <LiveSwitch />
      </div>
    </div>
  );
}

/** Another whole that fits what is seen, and what was hidden. */
function ImaginingButtons() {
  const { actions } = useApp();
  const truth = useAppState((s) => s.truth);
  const known = useAppState((s) => hidesInk(s.drawing.present));
  const hides = useAppState((s) => s.model !== null && s.drawing.present.mask !== null);
  const blank = useAppState((s) => isBlank(s.drawing.present));
  return (
    <>
      <button
        type="button"
        className={styles.again}
        disabled={!hides || blank}
        title={words.imagineHint}
        onClick={() => void actions.imagineAgain()}
      >
        {words.imagineAgain}
      </button>
      <button
        type="button"
        className={styles.truth}
        aria-pressed={truth && known}
        disabled={!known}
        title={known ? undefined : words.noTruth}
        onClick={() => actions.showTruth(!truth)}
      >
        {words.showTruth}
      </button>
    </>
  );
}
