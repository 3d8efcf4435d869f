import type { Experiment } from '../../experiments/experiment.ts';
import type { Known } from '../../experiments/layers.ts';
import { byClassFigure, compositionFigure } from './pictures.ts';
import { curvesFigure, linesFigure, tradeoffFigure } from './plots.ts';
import { mapFigure } from './map.ts';
import type { FigureLook, Size } from './look.ts';
import type { SvgNode } from './svg.ts';
import { tablePicture } from './table.ts';

/**
 * An experiment as a picture, as it is drawn on the page and in files. Pure: no document is needed.
 * @param known what is shipped and what was run here; where there is nothing, the picture is null
 * @param size in pixels; pictures that need more height take it
 */
export function experimentPicture(
  experiment: Experiment,
  known: Known,
  size: Size,
  look: FigureLook,
): SvgNode | null {
  const { drawing } = experiment;
  switch (drawing.kind) {
    case 'table':
      return tablePicture(experiment, known, look);
    case 'lines':
      return linesFigure(experiment, drawing, known, size, look);
    case 'curves':
      return curvesFigure(experiment, drawing, known, size, look);
    case 'tradeoff':
      return tradeoffFigure(experiment, drawing, known, size, look);
    case 'by-class':
      return byClassFigure(experiment, known, size, look);
    case 'map':
      return mapFigure(experiment, known, size, look);
    case 'composition':
      return compositionFigure(experiment, known, size, look);
    default:
      return drawing satisfies never;
  }
}
