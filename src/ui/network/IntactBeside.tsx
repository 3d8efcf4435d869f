import { useCallback, useEffect, useRef } from 'react';
import { activeAt, besidePicture, cutSince, twinOf } from '../../store/beside.ts';
import { hiddenError, PIXELS, SIDE, squaredError } from '../../store/occlusion.ts';
import type { Surface } from '../../viz/canvas.ts';
import { paintCompletion } from '../../viz/completion.ts';
import { formatNumber } from '../../viz/scales.ts';
import common from '../parts/common.module.css';
import { useApp, useAppState, useShown } from '../parts/context.ts';
import { fixed } from '../parts/format.ts';
import { useSignalsOfAll } from '../parts/frames.ts';
import { LiveText, PaintedCanvas } from '../parts/painting.tsx';
import { useLook } from '../parts/theme.ts';
import { lesions as words } from './words.ts';
import styles from './IntactBeside.module.css';

/** Whose picture and numbers: those of the intact network beside, or those on show. */
type Side = 'intact' | 'cut';
const SIDES: readonly Side[] = ['intact', 'cut'];

/** Where nothing is hidden, all of what is shown is predicted. */
const NOTHING_SEEN = new Uint8Array(PIXELS);

/** What each of the two has at the step on show. */
function useSides() {
  const { episode, store } = useApp();
  return useCallback(
    (side: Side) => {
      const { info } = episode;
      const drawn = episode.pictureAt();
      if (info === null || drawn === null) return null;
      const step = episode.stepAt(episode.shown);
      if (side === 'cut') {
        const { input, predictions, active } = info.layout;
        const picture = episode.read(info.masked ? input : predictions[0]!);
        return picture && { drawn, picture, active: episode.read(active) };
      }
      const twin = twinOf(store.getState(), episode);
      const picture = twin && besidePicture(twin, step);
      return picture && { drawn, picture, active: activeAt(twin, step) };
    },
    [episode, store],
  );
}

/** The cut network beside the intact one, which has settled the same drawing the same way for as many steps. */
export function IntactBeside({ layers }: { layers: number }) {
  const { episode } = useApp();
  const signals = useSignalsOfAll();
  const sideOf = useSides();
  const live = useAppState((s) => s.live);
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // It appears below the switches, which may be the end of what one sees.
    section.current?.scrollIntoView({ block: 'nearest' });
  }, [live]);
  const known = useAppState((s) => s.intact !== null);
  const masked = useShown(({ picture }) => (picture?.mask ?? null) !== null);
  const error = (side: Side) => () => {
    const shown = sideOf(side);
    if (shown === null) return fixed(null);
    const { picture, drawn } = shown;
    return fixed(
      hiddenError(picture, drawn.pixels, drawn.mask) ?? squaredError(picture, drawn.pixels),
    );
  };
  const since = () => {
    const cut = cutSince(episode);
    return cut === null ? words.notYet : words.since(cut.at, cut.since);
  };
  if (live) return <p className={common.hint}>{words.liveNone}</p>;
  return (
    <section ref={section} className={styles.beside} aria-label={words.beside}>
      <p className={common.hint}>
        <LiveText read={since} signals={signals} testId="cut-since" />
      </p>
      <table className={styles.table}>
        <thead>
          <tr>
            <td />
            {SIDES.map((side) => (
              <th key={side} scope="col">
                {side === 'intact' ? words.intact : words.cutHere}
                <Picture side={side} read={sideOf} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{masked ? words.hiddenError : words.error}</th>
            {SIDES.map((side) => (
              <td key={side}>
                <LiveText read={error(side)} signals={signals} testId={`${side}-error`} />
              </td>
            ))}
          </tr>
          {Array.from({ length: layers }, (_, i) => (
            <tr key={i}>
              <th scope="row">{words.active(i + 1)}</th>
              {SIDES.map((side) => (
                <td key={side}>
                  <LiveText
                    read={() => formatNumber(sideOf(side)?.active?.[i], 2)}
                    signals={signals}
                    testId={`${side}-active-${i + 1}`}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {!known && <p className={common.hint}>{words.settling}</p>}
    </section>
  );
}

interface PictureProps {
  side: Side;
  read: ReturnType<typeof useSides>;
}

function Picture({ side, read }: PictureProps) {
  const look = useLook();
  const signals = useSignalsOfAll();
  const paint = useCallback(
    (surface: Surface) => {
      const { context, width, height } = surface;
      context.fillStyle = look.palette.ink.stops[0]!;
      context.fillRect(0, 0, width, height);
      const shown = read(side);
      if (shown === null) return;
      const { picture, drawn } = shown;
      const completion = { pixels: picture, mask: drawn.mask ?? NOTHING_SEEN, imagined: picture };
      const style = {
        ...{ ink: look.palette.ink, imagined: look.palette.imagined },
        ...{ hatch: 'transparent', hatchGround: look.colours.hatchbg },
      };
      paintCompletion(surface, completion, SIDE, style, { x: 0, y: 0, width, height });
    },
    [side, read, look],
  );
  return (
    <PaintedCanvas
      className={styles.picture}
      role="img"
      aria-label={side === 'intact' ? words.intactPicture : words.cutPicture}
      data-testid={`beside-${side}`}
      paint={paint}
      signals={signals}
    />
  );
}
