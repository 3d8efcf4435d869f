import type { Signal } from '../../store/signal.ts';
import common from '../parts/common.module.css';
import scale from '../parts/scale.module.css';
import { classes } from '../parts/classes.ts';
import { LiveText } from '../parts/painting.tsx';
import tiles from './tile.module.css';

interface ReadoutProps {
  /** The number under the cursor, as it is now. */
  read(): string;
  shown: boolean;
  /** What is said of the cursor's cell when a key has moved it there. */
  said: string;
  signals: readonly Signal[];
}

/** The number under the cursor of a tile: written under it, and read out. */
export function Readout({ read, shown, said, signals }: ReadoutProps) {
  return (
    <>
      {shown && (
        <LiveText className={classes(scale.hovered, tiles.readout)} read={read} signals={signals} />
      )}
      <span className={common.visuallyHidden} aria-live="polite">
        {said}
      </span>
    </>
  );
}
