import { useCallback } from 'react';
import type { SideModel } from '../../protocol/lab.ts';
import type { Surface } from '../../viz/canvas.ts';
import { paintCompletion } from '../../viz/completion.ts';
import { paintPicture } from '../../viz/picture.ts';
import { SIDE } from '../../store/occlusion.ts';
import { useAppState } from '../parts/context.ts';
import { fixed } from '../parts/format.ts';
import { PaintedCanvas } from '../parts/painting.tsx';
import { useLook } from '../parts/theme.ts';
import { side as words } from './words.ts';
import styles from './SideModelCard.module.css';

const WHOLE = { low: 0, high: 1 };

/** What one model makes of the drawing, by which rule, and how far off it is where that is known. */
export function SideModelCard({ model, truth }: { model: SideModel; truth: boolean }) {
  const { id, title, dataset, own } = model;
  const { palette, colours } = useLook();
  const look = useAppState((s) => s.sideLooks[id]);
  const samples = useAppState((s) => s.sideSamples[id]);
  const drawing = useAppState((s) => s.drawing.present);
  const report = look !== undefined && 'picture' in look ? look : null;
  const paint = useCallback(
    (surface: Surface) => {
      const box = { x: 0, y: 0, width: surface.width, height: surface.height };
      surface.context.fillStyle = palette.ink.stops[0]!;
      surface.context.fillRect(0, 0, box.width, box.height);
      if (report === null) return;
      const style = {
        ink: palette.ink,
        imagined: palette.imagined,
        hatch: colours.hatch,
        hatchGround: colours.hatchbg,
      };
      const mask = report.how === null ? null : drawing.mask;
      if (mask === null) return paintPicture(surface, report.picture, SIDE, palette.imagined, WHOLE, box); // prettier-ignore
      const { pixels } = drawing;
      paintCompletion(surface, { pixels, mask, imagined: report.picture }, SIDE, style, box);
    },
    [report, drawing, palette, colours],
  );
  const paintSamples = useCallback(
    (surface: Surface) => {
      if (samples === undefined) return;
      const pitch = surface.width / samples.count;
      for (let i = 0; i < samples.count; i++) {
        const picture = samples.pictures.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE);
        const box = { x: i * pitch, y: 0, width: pitch - 1, height: pitch - 1 };
        paintPicture(surface, picture, SIDE, palette.imagined, WHOLE, box);
      }
    },
    [samples, palette],
  );
  return (
    <li className={styles.card} data-testid={`side-${id}`}>
      <h3>
        {title} <small>{own ? `${dataset}, ${words.own}` : dataset}</small>
      </h3>
      <PaintedCanvas role="img" aria-label={title} className={styles.picture} paint={paint} />
      {look !== undefined && 'refused' in look && <p className={styles.refused}>{look.refused}</p>}
      {report !== null && (
        <p className={styles.says}>
          {report.how === null ? words.reconstructed : (words.ruleNames[report.how] ?? report.how)}
          <br />
          <b>
            {report.how === null
              ? words.squared(fixed(report.squaredError))
              : truth
                ? words.mmse(fixed(report.squaredError))
                : words.noTruth}
          </b>
        </p>
      )}
      {samples !== undefined && (
        <PaintedCanvas
          role="img"
          aria-label={`${title}: ${words.draw}`}
          className={styles.samples}
          paint={paintSamples}
        />
      )}
    </li>
  );
}
