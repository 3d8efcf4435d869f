import { useCallback } from 'react';
import { activityAt } from '../../../store/beside.ts';
import type { PlotArea } from '../../../viz/axis.ts';
import type { Surface } from '../../../viz/canvas.ts';
import { activityHistogram, paintHistogram } from '../../../viz/histogram.ts';
import { largest } from '../../../viz/scales.ts';
import swatches from './swatch.module.css';
import { classes } from '../../parts/classes.ts';
import { useApp } from '../../parts/context.ts';
import { useEpisodeSignals } from '../../parts/frames.ts';
import { Explained } from '../../parts/Formula.tsx';
import { PaintedCanvas } from '../../parts/painting.tsx';
import { rem, smallType } from '../../parts/rem.ts';
import { useLook } from '../../parts/theme.ts';
import { useWithout } from './useWithout.ts';
import { sparsity as words } from './words.ts';
import styles from './ActivityHistogram.module.css';

const BINS = 24;

const areaOf = (width: number, height: number): PlotArea => ({
  left: 2.3 * rem(),
  right: width - 2,
  top: 8,
  bottom: height - 1.4 * rem(),
});

/** How many neurons of a layer are how active at the step on show; over it, as lines, without competition. */
export function ActivityHistogram({ layer }: { layer: number }) {
  const { episode } = useApp();
  const look = useLook();
  const signals = useEpisodeSignals();
  const without = useWithout();
  const paint = useCallback(
    (surface: Surface) => {
      const section = episode.info?.layout.states[layer - 1];
      const states = section ? episode.read(section) : null;
      if (!states) return;
      const other = without && activityAt(without, layer, episode.stepAt(episode.shown));
      // Both by the same bins.
      const most = Math.max(largest(states), other ? largest(other) : 0);
      paintHistogram(
        surface,
        areaOf(surface.width, surface.height),
        activityHistogram(states, BINS, most),
        other ? activityHistogram(other, BINS, most) : null,
        {
          soft: look.colours.soft,
          line: look.colours.faint,
          font: look.font,
          fontSize: smallType(),
          silent: look.colours.hatch,
          active: look.layers.states[layer % look.layers.states.length]!,
          other: look.colours.ink,
          silentName: words.silent,
        },
      );
    },
    [episode, layer, without, look],
  );
  return (
    <figure className={styles.histogram}>
      <PaintedCanvas
        role="img"
        aria-label={words.histogramName(layer)}
        data-testid="sparsity-histogram"
        paint={paint}
        signals={signals}
      />
      <figcaption>
        <span>
          <Explained>{words.histogramAxis}</Explained>
        </span>
        {without !== null && (
          <span>
            <i className={classes(swatches.swatch, swatches.line)} /> {words.without}
          </span>
        )}
      </figcaption>
    </figure>
  );
}
