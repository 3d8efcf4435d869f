import type { ReactNode } from 'react';
import { useCallback } from 'react';
import { isBlank } from '../../../../store/drawing.ts';
import type { OcclusionPreset } from '../../../../store/occlusion.ts';
import { OCCLUSIONS, SIDE } from '../../../../store/occlusion.ts';
import type { RunsBeside } from '../../../../store/slices/runsBeside.ts';
import type { Surface } from '../../../../viz/canvas.ts';
import { paintCompletion } from '../../../../viz/completion.ts';
import { drawing as drawingWords } from '../../../drawing/words.ts';
import buttons from '../../../parts/buttons.module.css';
import { useApp, useAppState } from '../../../parts/context.ts';
import { PaintedCanvas } from '../../../parts/painting.tsx';
import { ProgressBar } from '../../../parts/ProgressBar.tsx';
import { useLook } from '../../../parts/theme.ts';
import type { Player } from './usePlayer.ts';
import { beside as words } from './words.ts';
import styles from './BesideControls.module.css';

interface BesideControlsProps {
  beside: RunsBeside;
  player: Player;
  sameScale: boolean;
  onSameScale(same: boolean): void;
  /** To save what is below. */
  save: ReactNode;
}

/** The digit that all see, which step of all is shown, how far settling is. */
export function BesideControls(props: BesideControlsProps) {
  const { beside, player, sameScale, onSameScale, save } = props;
  const { actions } = useApp();
  const ready = useAppState((s) => s.data !== null);
  const drawn = useAppState((s) => s.drawing.present);
  const { ids, picture, settled, looking } = beside;
  const own = picture?.pixels === drawn.pixels && picture.mask === drawn.mask;
  const occlusion = picture?.occlusion ?? 'none';
  const known = Object.keys(settled).length;
  const { step, last, playing } = player;
  return (
    <div className={styles.controls}>
      <Digit picture={picture} />
      <div className={styles.rows}>
        <div className={styles.row}>
          <button type="button" disabled={!ready} onClick={() => void actions.besideExample()}>
            {drawingWords.example}
          </button>
          <button
            type="button"
            disabled={own || isBlank(drawn)}
            title={words.mineHint}
            onClick={() => void actions.besideDrawing()}
          >
            {words.mine}
          </button>
          <label>
            {words.occlusion}{' '}
            <select
              value={occlusion}
              disabled={picture === null}
              onChange={({ target }) => void actions.besideOcclusion(target.value as OcclusionPreset)} // prettier-ignore
            >
              {OCCLUSIONS.map((preset) => (
                <option key={preset} value={preset}>
                  {drawingWords.occlusions[preset]}
                </option>
              ))}
              {occlusion === 'brush' && (
                <option value="brush">{drawingWords.occlusions.brush}</option>
              )}
            </select>
          </label>
          <button
            type="button"
            disabled={picture === null || looking}
            title={words.againHint}
            onClick={() => void actions.lookAgain()}
          >
            {words.again}
          </button>
          <label title={words.sameScaleHint}>
            <input
              type="checkbox"
              checked={sameScale}
              onChange={({ target }) => onSameScale(target.checked)}
            />{' '}
            {words.sameScale}
          </label>
          {save}
        </div>
        <div className={styles.row}>
          <button
            type="button"
            className={buttons.icon}
            disabled={step === 0}
            aria-label={words.back}
            title={words.back}
            onClick={() => player.show(step - 1)}
          >
            ‹
          </button>
          <button
            type="button"
            className={styles.play}
            disabled={last === 0}
            onClick={player.toggle}
          >
            {playing ? words.pause : words.play}
          </button>
          <button
            type="button"
            className={buttons.icon}
            disabled={step === last}
            aria-label={words.forward}
            title={words.forward}
            onClick={() => player.show(step + 1)}
          >
            ›
          </button>
          <input
            type="range"
            className={styles.timeline}
            aria-label={words.timeline}
            aria-valuetext={words.step(step, last)}
            min={0}
            max={last}
            step={1}
            value={step}
            disabled={last === 0}
            onChange={({ target }) => player.show(Number(target.value))}
          />
          <span className={styles.step} data-testid="beside-step">
            {words.step(step, last)}
          </span>
        </div>
        <div className={styles.progress}>
          {looking && (
            <>
              <ProgressBar label={words.progress} fraction={known / Math.max(1, ids.length)} />
              <span>{words.settledOf(known, ids.length)}</span>
              <button
                type="button"
                className={buttons.link}
                onClick={() => void actions.stopLooking()}
              >
                {words.stop}
              </button>
            </>
          )}
        </div>
      </div>
    </div>
  );
}

/** The digit as it was drawn, hatched where the networks do not see it. */
function Digit({ picture }: Pick<RunsBeside, 'picture'>) {
  const look = useLook();
  const paint = useCallback(
    (surface: Surface) => {
      const { context, width, height } = surface;
      context.fillStyle = look.palette.ink.stops[0]!;
      context.fillRect(0, 0, width, height);
      if (picture === null) return;
      const { ink, imagined } = look.palette;
      const { hatch, hatchbg: hatchGround } = look.colours;
      const completion = { ...picture, imagined: null };
      const style = { ink, imagined, hatch, hatchGround };
      paintCompletion(surface, completion, SIDE, style, { x: 0, y: 0, width, height });
    },
    [picture, look],
  );
  return (
    <PaintedCanvas
      role="img"
      aria-label={words.digit}
      title={picture?.origin}
      className={styles.digit}
      paint={paint}
    />
  );
}
