import type { Experiment } from '../../experiments/experiment.ts';
import type { Layer } from '../../experiments/layers.ts';
import { isPrinted, LAYERS } from '../../experiments/layers.ts';
import { useAppState } from '../parts/context.ts';
import { useKnown } from './useKnown.ts';

/** Whose numbers an experiment shows now: the claimed ones where there are any, ours, the reader's own from the first run on. */
export function useLayers(experiment: Experiment): readonly Layer[] {
  const busy = useAppState((s) => s.labRun !== null || s.labTurning !== null);
  const { own } = useKnown(experiment.id);
  const printed = isPrinted(experiment);
  return LAYERS.filter((layer) =>
    layer === 'paper' ? printed : layer === 'shipped' || busy || own.length > 0,
  );
}
