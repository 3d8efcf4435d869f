import type { Exhibit } from './exhibit.ts';
import { cost } from './list/cost.ts';
import { exact } from './list/exact.ts';
import { limit } from './list/limit.ts';
import { twins } from './list/twins.ts';
import { waiting } from './list/waiting.ts';
import { skips } from './list/skips.ts';
import { stability } from './list/stability.ts';
import { cloud } from './list/cloud.ts';
import { manyWays } from './list/manyWays.ts';
import { folded } from './list/folded.ts';
import { freeEnergyBound } from './list/freeEnergy.ts';
import { landscapeExhibit } from './list/landscape.ts';
import { learntVariance } from './list/learntVariance.ts';
import { springs } from './list/springs.ts';
import { trackedDot } from './list/trackedDot.ts';
import { recall } from './list/recall.ts';
import { deeper } from './list/deeper.ts';
import { learntMotion } from './list/learntMotion.ts';
import { depth } from './list/depth.ts';
import { settling } from './list/settling.ts';
import { starts } from './list/starts.ts';
import { strangers } from './list/strangers.ts';
import { twoGaussians } from './list/twoGaussians.ts';
import type { ExhibitId } from './shown.ts';

const TABLE: { readonly [Id in ExhibitId]: Exhibit<Id> } = {
  'two-gaussians': twoGaussians,
  'free-energy': freeEnergyBound,
  springs,
  settling,
  starts,
  depth,
  deeper,
  stability,
  skips,
  twins,
  limit,
  landscape: landscapeExhibit,
  exact,
  cost,
  waiting,
  'tracked-dot': trackedDot,
  'learnt-motion': learntMotion,
  recall,
  strangers,
  cloud,
  'many-ways': manyWays,
  folded,
  'learnt-variance': learntVariance,
};

/** All exhibits, in the order in which they stand in the hall's rooms. */
export const EXHIBITS: readonly Exhibit<ExhibitId>[] = Object.values(TABLE);

export const exhibitOf = <Id extends ExhibitId>(id: Id): Exhibit<Id> => TABLE[id];

export const isExhibit = (id: string): id is ExhibitId => Object.hasOwn(TABLE, id);
