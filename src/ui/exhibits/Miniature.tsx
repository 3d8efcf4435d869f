import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Exhibit } from '../../exhibits/exhibit.ts';
import type { ExhibitId } from '../../exhibits/shown.ts';
import { completed } from '../../exhibits/values.ts';
import { miniatureSlot } from '../../store/exhibitViews.ts';
import type { Surface } from '../../viz/canvas.ts';
import { pictureOf } from '../../viz/exhibits/pictures.ts';
import { useApp } from '../parts/context.ts';
import { LiveText, PaintedCanvas } from '../parts/painting.tsx';
import { useMedia } from '../parts/theme.ts';
import { useExhibitLook } from './useExhibitLook.ts';
import { useShown } from './useShown.ts';
import { hall as words } from './words.ts';
import styles from './Miniature.module.css';

/** An exhibit, running small while it is in sight; where nothing is to move, as it is after some steps. */
export function Miniature({ exhibit }: { exhibit: Exhibit<ExhibitId> }) {
  const { actions } = useApp();
  const look = useExhibitLook();
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const { id, controls, miniature } = exhibit;
  const box = useRef<HTMLDivElement>(null);
  const [inSight, setInSight] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => setInSight(entry?.isIntersecting === true)); // prettier-ignore
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!inSight) return;
    void actions.showMiniature(id, still);
    return () => void actions.hideMiniature(id);
  }, [actions, id, inSight, still]);
  const slot = miniatureSlot(id);
  const { read, signals } = useShown(id, slot);
  const values = useMemo(() => completed(controls, miniature), [controls, miniature]);
  const paint = useCallback(
    (surface: Surface) => {
      const frame = read();
      if (frame)
        pictureOf(id).paint(surface, frame.shown, { look, values, lit: null, isSmall: true });
    },
    [read, id, look, values],
  );
  const waits = useCallback(() => (read() === null ? words.opening : ''), [read]);
  return (
    <div ref={box} className={styles.miniature}>
      <PaintedCanvas
        role="img"
        aria-label={words.miniature(exhibit.title)}
        paint={paint}
        signals={signals}
      />{' '}
      {/* prettier-ignore */}
      <LiveText read={waits} signals={signals} className={styles.waits} />
    </div>
  );
}
