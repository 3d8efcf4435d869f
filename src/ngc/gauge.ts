import type { DiscrepancyMeasure } from './equations/discrepancy.ts';
import type { Model } from './model.ts';

/** What total discrepancy needs of a network whose synapses are as they are now. */
export async function gaugeOf(model: Model): Promise<DiscrepancyMeasure> {
  const { config, definition } = model;
  const logDeterminants = await model.logDeterminants();
  return { target: definition.target, precision: config.precision, logDeterminants };
}

/** The same where the precision is cut: error neurons are those of Σ = I, whose determinant is 1. */
export function unweighted(measure: DiscrepancyMeasure): DiscrepancyMeasure {
  return { ...measure, precision: 'none', logDeterminants: [] };
}
