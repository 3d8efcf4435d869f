import type { Cell, ExhibitKind, Extent, LabMeasure } from './experiment.ts';

/** The paper's K: Gaussians of a prior over codes. */
export const COMPONENTS = 75;

/** What is not measured on all test images of an extent. */
const ON_FEWER = new Map<LabMeasure, 'likelihood' | 'bound'>([
  ['logpx', 'likelihood'],
  ['exact', 'likelihood'],
  ['bound', 'bound'],
]);

/** The part of an extent that says on how many test images a measure is made. */
export const measuredOn = (measure: LabMeasure): 'test' | 'likelihood' | 'bound' =>
  ON_FEWER.get(measure) ?? 'test';

/** What is drawn from a prior over codes. */
const DRAWN: readonly (LabMeasure | ExhibitKind)[] = ['logpx', 'bound', 'samples', 'by-class'];

type Asked = Pick<Cell, 'measures' | 'exhibits'>;

export const drawsFromPrior = ({ measures, exhibits }: Asked): boolean =>
  [...measures, ...exhibits].some((name) => DRAWN.includes(name));

/** The parts of an extent that matter to a cell. */
export function usedBy(cell: Asked): readonly (keyof Extent)[] {
  const used = new Set<keyof Extent>(cell.measures.map(measuredOn));
  if (cell.measures.includes('err')) used.add('codes');
  if (drawsFromPrior(cell)) used.add('codes').add('components');
  return [...used];
}

/** What a result says of how thoroughly it was measured, whole: it may be from before all of it was said. */
export const wholeExtent = (said: Partial<Extent> | undefined, unsaid: Extent): Extent => ({
  ...unsaid,
  components: COMPONENTS,
  ...said,
});
