import { useCallback } from 'react';
import type { Signal } from '../../store/signal.ts';
import { sideOf } from '../../viz/atlas.ts';
import type { Surface } from '../../viz/canvas.ts';
import type { Box } from '../../viz/columns.ts';
import { paintPicture } from '../../viz/picture.ts';
import { useApp } from '../parts/context.ts';
import { PaintedCanvas } from '../parts/painting.tsx';
import { useLook } from '../parts/theme.ts';
import { layers as words } from './words.ts';
import tiles from './tile.module.css';
import { classes } from '../parts/classes.ts';

interface BeliefTileProps {
  layer: number;
  box: Box;
  signals: readonly Signal[];
}

/** The picture that a layer's states alone project to the pixels, in the colour of what is imagined. */
export function BeliefTile({ layer, box, signals }: BeliefTileProps) {
  const { episode } = useApp();
  const look = useLook();
  const paint = useCallback(
    (surface: Surface) => {
      const section = episode.info?.layout.beliefs[layer - 1];
      const held = section && episode.read(section);
      if (!held) return;
      const all = { x: 0, y: 0, width: surface.width, height: surface.height };
      const scale = { low: 0, high: 1 };
      paintPicture(surface, held, sideOf(held.length), look.palette.imagined, scale, all);
    },
    [episode, layer, look],
  );
  return (
    <div
      className={classes(tiles.tile, tiles.picture)}
      data-kind="belief"
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
    >
      <PaintedCanvas
        role="img"
        aria-label={words.believes(layer)}
        data-testid={`layer-${layer}-belief`}
        paint={paint}
        signals={signals}
      />
    </div>
  );
}
