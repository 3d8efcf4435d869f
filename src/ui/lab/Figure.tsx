import { useMemo, useRef, useState } from 'react';
import type { Experiment } from '../../experiments/experiment.ts';
import { experimentPicture } from '../../viz/lab/figure.ts';
import { figureLook } from '../../viz/lab/look.ts';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useLook } from '../parts/theme.ts';
import { ResultTable } from './ResultTable.tsx';
import { SvgView } from '../parts/SvgView.tsx';
import { useIsLookedUp, useKnown } from './useKnown.ts';
import { useSize } from '../parts/useSize.ts';
import { figure as words } from './words.ts';
import styles from './Figure.module.css';

/** A figure as large as there is room, and its numbers under it. */
export function Figure({ experiment }: { experiment: Experiment }) {
  const known = useKnown(experiment.id);
  const isLookedUp = useIsLookedUp(experiment.id);
  const { kind, colours, font } = useLook();
  /** Null: nobody has opened or closed the numbers; they stand where there is no picture yet. */
  const [toggled, setToggled] = useState<boolean | null>(null);
  const room = useRef<HTMLDivElement>(null);
  const size = useSize(room);
  const picture = useMemo(() => {
    if (size === null) return null;
    return experimentPicture(experiment, known, size, figureLook(kind, colours, font));
  }, [experiment, known, size, kind, colours, font]);
  const isMissing = isLookedUp && size !== null && picture === null;
  const open = toggled ?? isMissing;
  return (
    <div className={styles.figure}>
      <div ref={room} className={styles.room}>
        {isMissing && <p className={classes(common.empty, styles.none)}>{words.none}</p>}
        {picture !== null && <SvgView picture={picture} />}
      </div>
      <details className={styles.numbers} open={open}>
        <summary
          onClick={(event) => {
            event.preventDefault();
            setToggled(!open);
          }}
        >
          {words.numbers}
        </summary>
        <ResultTable experiment={experiment} />
      </details>
    </div>
  );
}
