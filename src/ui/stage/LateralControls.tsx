import { useCallback, useState } from 'react';
import type { Surface } from '../../viz/canvas.ts';
import { paintLateralPattern } from '../../viz/lateralPattern.ts';
import { formatNumber } from '../../viz/scales.ts';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { Explained } from '../parts/Formula.tsx';
import { PaintedCanvas } from '../parts/painting.tsx';
import { useLook } from '../parts/theme.ts';
import { contests as words } from './words.ts';
import styles from './LateralControls.module.css';

/** Strengths on the sliders; the settings drawer takes any. */
const MOST = 0.5;
const STEP = 0.01;

type Strength = 'selfExcitation' | 'lateralInhibition';

/** The pattern of V as it acts (−V), and its two strengths to be moved while a picture settles. */
export function LateralControls({ group }: { group: number }) {
  const selfExcitation = useAppState((s) => s.model?.config.selfExcitation ?? 0);
  const inhibition = useAppState((s) => s.model?.config.lateralInhibition ?? 0);
  const look = useLook();
  const paint = useCallback(
    (surface: Surface) =>
      paintLateralPattern(surface, { group, groups: 2, selfExcitation, inhibition }, MOST / 2, {
        map: look.palette.signed,
        line: look.colours.line,
        side: look.colours.side,
      }),
    [group, selfExcitation, inhibition, look],
  );
  return (
    <div className={styles.lateral}>
      <figure className={styles.pattern}>
        <h3>
          <Explained>{words.pattern}</Explained>
        </h3>
        <PaintedCanvas
          role="img"
          aria-label={words.patternCanvas(group)}
          data-testid="lateral-pattern"
          paint={paint}
        />
        <figcaption>
          <span className={classes(styles.key, styles.excites)}>
            {words.excites(formatNumber(selfExcitation, 2))}
          </span>
          <span className={classes(styles.key, styles.inhibits)}>
            {words.inhibits(formatNumber(inhibition, 2))}
          </span>
          <span>
            <Explained>{words.patternNote}</Explained>
          </span>
        </figcaption>
      </figure>
      <Lever of="selfExcitation" name={words.selfExcitation} value={selfExcitation} />
      <Lever of="lateralInhibition" name={words.inhibition} value={inhibition} />
      <Reset />
    </div>
  );
}

function Lever({ of, name, value: now }: { of: Strength; name: string; value: number }) {
  const { actions } = useApp();
  // Under the hand the slider does not wait for the engine.
  const [moved, setMoved] = useState<number | null>(null);
  const value = moved ?? now;
  const move = (next: number) => {
    setMoved(next);
    void actions
      .steer({ [of]: next })
      .then(() => setMoved((held) => (held === next ? null : held)));
  };
  return (
    <label className={styles.lever}>
      <span>
        {name} <b className={common.number}>{value.toFixed(2)}</b>
      </span>
      <input
        type="range"
        aria-label={name}
        min={0}
        max={Math.max(MOST, now)}
        step={STEP}
        value={value}
        onChange={(event) => move(Number(event.target.value))}
      />
    </label>
  );
}

/** Back to what networks of this kind start with. */
function Reset() {
  const { actions } = useApp();
  const config = useAppState((s) => s.model?.config);
  const variants = useAppState((s) => s.report?.variants);
  const initial = variants?.find(({ variant }) => variant === config?.variant)?.defaults;
  if (config === undefined || initial === undefined) return null;
  const { selfExcitation, lateralInhibition } = initial;
  const same =
    config.selfExcitation === selfExcitation && config.lateralInhibition === lateralInhibition;
  return (
    <button
      type="button"
      disabled={same}
      onClick={() => void actions.steer({ selfExcitation, lateralInhibition })}
    >
      {words.reset}
    </button>
  );
}
