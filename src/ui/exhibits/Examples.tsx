import { useCallback } from 'react';
import type { Exhibit } from '../../exhibits/exhibit.ts';
import type { ExhibitId } from '../../exhibits/shown.ts';
import type { Surface } from '../../viz/canvas.ts';
import { paintExample } from '../../viz/exhibits/digit.ts';
import type { Examples as Offered } from '../../viz/exhibits/exhibitPicture.ts';
import { pictureOf } from '../../viz/exhibits/pictures.ts';
import { useApp } from '../parts/context.ts';
import { PaintedCanvas } from '../parts/painting.tsx';
import { useExhibitLook } from './useExhibitLook.ts';
import { useShown } from './useShown.ts';
import { hall as words } from './words.ts';
import styles from './Examples.module.css';

/** Pictures that one can take in place of drawing one. */
export function Examples({ exhibit: { id }, onTake }: { exhibit: Exhibit<ExhibitId>; onTake(): void }) {
  const { actions } = useApp();
  const { read } = useShown(id);
  const { examples } = pictureOf(id);
  if (!examples) return null;
  const take = (index: number) => {
    const frame = read();
    if (!frame) return;
    actions.actOnExhibit(examples.take(frame.shown, index));
    onTake();
  };
  return (
    <ul className={styles.examples} aria-label={words.examples}>
      {Array.from({ length: examples.count }, (_, index) => (
        <li key={index}>
          <button type="button" aria-label={words.example(index + 1)} onClick={() => take(index)}>
            <Thumb id={id} examples={examples} index={index} />
          </button>
        </li>
      ))}
    </ul>
  );
} // prettier-ignore

function Thumb({ id, examples, index }: { id: ExhibitId; examples: Offered<unknown>; index: number }) {
  const look = useExhibitLook();
  const { read, signals } = useShown(id);
  const paint = useCallback(
    (surface: Surface) => {
      const frame = read();
      if (frame) paintExample(surface, examples.of(frame.shown, index), look.palette.ink);
    },
    [read, examples, index, look],
  );
  return <PaintedCanvas paint={paint} signals={signals} aria-hidden="true" />;
} // prettier-ignore
