import type { DiscrepancyMeasure } from './equations/discrepancy.ts';
import { logDeterminant } from './equations/discrepancy.ts';
import type { Model } from './model.ts';
import { matrixName, preciseLayers } from './parameters.ts';

/** What total discrepancy needs of a network whose synapses are as they are now. */
export async function gaugeOf(model: Model): Promise<DiscrepancyMeasure> {
  const { config, definition, synapses } = model;
  const { precision } = config;
  const logDeterminants = new Array<number>(model.layers).fill(0);
  if (precision !== 'none')
    for (const { layer } of preciseLayers(config))
      logDeterminants[layer] = await logDeterminant(
        synapses.get(matrixName('Sigma', layer)),
        precision,
      );
  return { target: definition.target, precision, logDeterminants };
}

/** The same where the precision is cut: error neurons are those of Σ = I, whose determinant is 1. */
export function unweighted(measure: DiscrepancyMeasure): DiscrepancyMeasure {
  return { ...measure, precision: 'none', logDeterminants: [] };
}
