import { useRef, useState } from 'react';
import type { Exhibit } from '../../exhibits/exhibit.ts';
import { ROOMS } from '../../exhibits/exhibit.ts';
import type { ExhibitId } from '../../exhibits/shown.ts';
import { unusual } from '../../exhibits/values.ts';
import { DigitPad } from '../drawing/DigitPad.tsx';
import common from '../parts/common.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { Save } from '../save/Save.tsx';
import { Claims } from './Claims.tsx';
import { Controls } from './Controls.tsx';
import { Equation } from './Equation.tsx';
import { Examples } from './Examples.tsx';
import { ExhibitMetric } from './ExhibitMetric.tsx';
import { HallLink } from './HallLink.tsx';
import { InLab } from './InLab.tsx';
import { LivePicture } from './LivePicture.tsx';
import { RunBar } from './RunBar.tsx';
import { Trials } from './Trials.tsx';
import { useShown } from './useShown.ts';
import { useValues } from './useValues.ts';
import { WayOn } from './WayOn.tsx';
import { hall as words } from './words.ts';
import styles from './ExhibitView.module.css';

/** One exhibit: its question, the thing itself, what one can do with it, and what is to be said of it. */
export function ExhibitView({ exhibit }: { exhibit: Exhibit<ExhibitId> }) {
  const { actions, store } = useApp();
  const { read } = useShown(exhibit.id);
  const { id, title, room, question, sees, controls, pace, limits, draws } = exhibit;
  const [lit, setLit] = useState<string | null>(null);
  // What was drawn is not on show any more once an example is taken: the pad is another, empty one.
  const [sheet, setSheet] = useState(0);
  const picture = useRef<HTMLDivElement>(null);
  const values = useValues(exhibit);
  const about = () => {
    const { exhibitseed } = store.getState().setUp;
    const set = Object.entries(unusual(controls, values)).map(([key, value]) => `${key} ${value}`);
    const step = read()?.step ?? 0;
    return [
      words.what(title),
      words.seed(exhibitseed),
      ...set,
      ...(pace === 'by hand' ? [] : [words.stepNumber(step, pace.step)]),
    ].join(' · ');
  };
  return (
    <article className={styles.exhibit} aria-label={title}>
      <header className={styles.head}>
        <div className={styles.way}>
          <nav aria-label={words.planOf}>
            <HallLink to="plan">{words.planOf}</HallLink>
            <span aria-hidden="true"> › </span>
            {ROOMS.find((one) => one.id === room)?.title}
          </nav>
          <Save of={picture} what={title} about={about} />
        </div>
        <h2>{question}</h2>
        <p className={common.soft}>{sees}</p>
      </header>
      <div className={styles.thing}>
        <div className={styles.frame}>
          <div ref={picture} className={styles.picture}>
            <LivePicture exhibit={exhibit} values={values} lit={lit} />
          </div>
        </div>
        {draws === true && (
          <div className={styles.pad}>
            <DigitPad
              key={sheet}
              onDraw={(pixels) => actions.actOnExhibit({ name: 'picture', values: pixels })}
            />
            <Examples exhibit={exhibit} onTake={() => setSheet((before) => before + 1)} />
          </div>
        )}
      </div>
      <div className={styles.bar}>
        {pace !== 'by hand' && <RunBar pace={pace} />}
        <div className={styles.telling}>
          <Standing />
          <ExhibitMetric exhibit={exhibit} />
        </div>
      </div>
      <Controls controls={controls} values={values} />
      <div className={styles.text}>
        <Equation exhibit={exhibit} lit={lit} onLight={setLit} />
        <Trials exhibit={exhibit} />
        <Claims exhibit={exhibit} />
        {limits.length > 0 && (
          <section className={styles.limits} aria-label={words.limits}>
            <h3>{words.limits}</h3>
            <ul>
              {limits.map((limit) => (
                <li key={limit}>{limit}</li>
              ))}
            </ul>
          </section>
        )}
        <InLab id={id} />
        <WayOn id={id} />
      </div>
    </article>
  );
}

/** How it stands, where there is something to say; beside the number, so that it covers nothing of the picture. */
function Standing() {
  const standing = useAppState((s) => s.exhibitStanding);
  const says = useAppState((s) => s.exhibitSays);
  const text = says?.text ?? (standing === 'opening' ? words.opening : null);
  return (
    <p className={styles.standing} role="status" data-trouble={says?.isTrouble}>
      {text}
    </p>
  );
}
