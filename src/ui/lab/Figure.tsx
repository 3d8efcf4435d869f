import { useMemo, useRef } from 'react';
import type { Experiment } from '../../experiments/experiment.ts';
import { experimentPicture } from '../../viz/lab/figure.ts';
import { figureLook } from '../../viz/lab/look.ts';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useLook } from '../parts/theme.ts';
import { ResultTable } from './ResultTable.tsx';
import { SvgView } from './SvgView.tsx';
import { useKnown } from './useKnown.ts';
import { useSize } from './useSize.ts';
import { figure as words } from './words.ts';
import styles from './Figure.module.css';

/** A figure as large as there is room, and its numbers under it. */
export function Figure({ experiment }: { experiment: Experiment }) {
  const known = useKnown(experiment.id);
  const { kind, colours, font } = useLook();
  const room = useRef<HTMLDivElement>(null);
  const size = useSize(room);
  const picture = useMemo(() => {
    if (size === null) return null;
    return experimentPicture(experiment, known, size, figureLook(kind, colours, font));
  }, [experiment, known, size, kind, colours, font]);
  return (
    <div className={styles.figure}>
      <div ref={room} className={styles.room}>
        {picture === null ? (
          <p className={classes(common.empty, styles.none)}>{words.none}</p>
        ) : (
          <SvgView picture={picture} />
        )}
      </div>
      <details className={styles.numbers} open={picture === null}>
        <summary>{words.numbers}</summary>
        <ResultTable experiment={experiment} />
      </details>
    </div>
  );
}
