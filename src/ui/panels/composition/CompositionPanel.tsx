import { useCallback, useEffect, useRef, useState } from 'react';
import type { Composition } from '../../../store/composition.ts';
import { lastStage, pictureAt, reached } from '../../../store/growth.ts';
import { sideOf } from '../../../viz/atlas.ts';
import type { Surface } from '../../../viz/canvas.ts';
import { paintPicture } from '../../../viz/picture.ts';
import common from '../../parts/common.module.css';
import panel from '../panel.module.css';
import { classes } from '../../parts/classes.ts';
import { useApp } from '../../parts/context.ts';
import { Explained } from '../../parts/Formula.tsx';
import { plainText } from '../../parts/formulaParts.ts';
import { useEpisodeSignals, useHasFrames, useSlowFrames } from '../../parts/frames.ts';
import { PaintedCanvas } from '../../parts/painting.tsx';
import { useLook } from '../../parts/theme.ts';
import { stepText } from '../../timeline/stepText.ts';
import { Save } from '../../save/Save.tsx';
import { NothingYet } from '../NothingYet.tsx';
import { SynapsesSince } from '../SynapsesSince.tsx';
import { CompositionPaths } from './CompositionPaths.tsx';
import { FeatureGrid } from './FeatureGrid.tsx';
import { useComposition, useMatrices } from './useComposition.ts';
import { composition as words } from './words.ts';
import styles from './CompositionPanel.module.css';

const MOST = 30;
const USUAL = 12;
/** One more feature every so many ms. */
const GROWTH = 220;
/** The composition as elements follows the episode no faster than this (ms). */
const PACE = 120;

/** The picture as a sum of fields, feature by feature (Table 4), and who switches one of them on (Fig. 6b). */
export function CompositionPanel() {
  const { episode } = useApp();
  const picture = useRef<HTMLDivElement>(null);
  const [most, setMost] = useState(USUAL);
  const [stage, setStage] = useState(Infinity);
  const [selected, setSelected] = useState<number | null>(null);
  const ready = useMatrices();
  const known = useHasFrames();
  const read = useComposition(most);
  useSlowFrames(PACE);
  const now = ready ? read() : null;
  const growing = useGrowth(setStage, now === null ? 0 : lastStage(now));
  if (!known) return <NothingYet then={words.none} />;
  if (now === null) return <p className={classes(common.hint, common.strong)}>{words.waiting}</p>;
  if (now.parts.length === 0)
    return <p className={classes(common.hint, common.strong)}>{words.silent}</p>;
  const last = lastStage(now);
  const at = Math.max(1, Math.min(stage, last));
  const chosen = selected ?? now.parts[0]!.index;
  return (
    <div className={panel.panel}>
      <SynapsesSince />
      <div className={common.sectionHead}>
        <p className={common.hint}>{words.about}</p>
        <Save of={picture} what={words.picture} more={() => stepText(episode).title} />
      </div>
      <div className={styles.grow}>
        <label className={styles.slider}>
          <span>
            {words.features} <b className={common.number}>{most}</b>
          </span>
          <input
            type="range"
            min={1}
            max={MOST}
            value={most}
            aria-label={words.features}
            onChange={(event) => setMost(Number(event.target.value))}
          />
        </label>
        <label className={styles.slider}>
          <span>
            {words.shown} <b data-testid="composition-stage">{stageName(now, at)}</b>
          </span>
          <input
            type="range"
            min={1}
            max={last}
            value={at}
            aria-label={words.shown}
            onChange={(event) => {
              growing.stop();
              setStage(Number(event.target.value));
            }}
          />
        </label>
        <button type="button" onClick={growing.running ? growing.stop : growing.start}>
          {growing.running ? words.stop : words.grow}
        </button>
      </div>
      <div ref={picture} className={panel.panel}>
        <div className={styles.pictures}>
          <Picture
            name={words.partial}
            testId="composition-partial"
            read={() => {
              const held = read();
              return held && pictureAt(held, Math.min(at, lastStage(held)));
            }}
          />
          <span className={styles.arrow}>→</span>
          <Picture
            name={words.whole}
            testId="composition-whole"
            read={() => read()?.whole ?? null}
          />
          <InputPicture />
        </div>
        <FeatureGrid read={read} most={most} stage={at} selected={chosen} onSelect={setSelected} />
        <p className={common.hint}>
          <Explained>{words.gridHint}</Explained>
        </p>
        <CompositionPaths index={chosen} />
      </div>
    </div>
  );
}

function stageName(composition: Composition, stage: number): string {
  const at = reached(composition, stage);
  return at === 'all' ? words.all : at === 'far' ? words.far : words.stage(at);
}

/** Grows from the first feature to the whole, at a pace one can follow. */
function useGrowth(setStage: (change: (stage: number) => number) => void, last: number) {
  const [running, setRunning] = useState(false);
  useEffect(() => {
    if (!running) return;
    let at = 1;
    const timer = setInterval(() => {
      at++;
      setStage(() => at);
      if (at >= last) setRunning(false);
    }, GROWTH);
    return () => clearInterval(timer);
  }, [running, last, setStage]);
  return {
    running,
    start: () => {
      setStage(() => 1);
      setRunning(true);
    },
    stop: () => setRunning(false),
  };
}

interface PictureProps {
  name: string;
  testId: string;
  read(): Float32Array | null;
}

/** Pixel probabilities as a picture. */
function Picture({ name, testId, read }: PictureProps) {
  const look = useLook();
  const signals = useEpisodeSignals();
  const paint = (surface: Surface) => {
    const values = read();
    if (values === null) return;
    const all = { x: 0, y: 0, width: surface.width, height: surface.height };
    const scale = { low: 0, high: 1 };
    paintPicture(surface, values, sideOf(values.length), look.palette.ink, scale, all);
  };
  return (
    <figure>
      <PaintedCanvas
        role="img"
        aria-label={plainText(name)}
        data-testid={testId}
        paint={paint}
        signals={signals}
      />
      <figcaption>
        <span>
          <Explained>{name}</Explained>
        </span>
      </figcaption>
    </figure>
  );
}

/** The picture that is being explained. */
function InputPicture() {
  const { episode } = useApp();
  const read = useCallback(() => {
    const section = episode.info?.layout.input;
    return section ? episode.read(section) : null;
  }, [episode]);
  return <Picture name={words.input} testId="composition-input" read={read} />;
}
