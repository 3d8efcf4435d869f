import type { HistoryPoint } from '../../protocol/snapshot.ts';

/** Beyond so many points, older ones are joined; */
const MOST = 8_000;
/** the newest stay as they are; */
const NEWEST = 2_000;
/** the older are joined over this share of their time. */
const STRETCHES = 1_000;

/** How many images a point tells of, with the point. */
interface Weighed {
  readonly point: HistoryPoint;
  readonly span: number;
}

const isMeasurement = ({ trainBce }: HistoryPoint): boolean => trainBce === null;

/** The mean of a quantity over points that tell it, by how many images each is of; null where none does. */
function meanOf(group: readonly Weighed[], of: (point: HistoryPoint) => number | null) {
  let sum = 0;
  let weight = 0;
  for (const { point, span } of group) {
    const value = of(point);
    if (value === null) continue;
    sum += value * span;
    weight += span;
  }
  return weight > 0 ? sum / weight : null;
}

/** The mean of lists, entry by entry. */
const meansOf = (group: readonly Weighed[], of: (point: HistoryPoint) => readonly number[]) =>
  of(group.at(-1)!.point).map((_, i) => meanOf(group, (point) => of(point)[i] ?? null) ?? 0);

/** One point in the place of several: their means, where the last of them stood. */
function joined(group: readonly Weighed[]): HistoryPoint {
  const { point } = group.at(-1)!;
  if (group.length === 1) return point;
  return {
    imagesSeen: point.imagesSeen,
    trainBce: meanOf(group, ({ trainBce }) => trainBce),
    validationBce: meanOf(group, ({ validationBce }) => validationBce),
    sparsity: meansOf(group, ({ sparsity }) => sparsity),
    discrepancy: meanOf(group, ({ discrepancy }) => discrepancy),
    mmse: meanOf(group, ({ mmse }) => mmse),
    weightChanges: meansOf(group, ({ weightChanges }) => weightChanges),
    changes: [],
  };
}

/** Points of one kind, in order, joined so that none but those that were so before tells of more than `most` images. */
function joinedUpTo(points: readonly HistoryPoint[], most: number): HistoryPoint[] {
  const result: HistoryPoint[] = [];
  let group: Weighed[] = [];
  let held = 0;
  const flush = () => {
    if (group.length > 0) result.push(joined(group));
    group = [];
    held = 0;
  };
  points.forEach((point, i) => {
    const before = points[i - 1];
    // The first point, and what somebody changed, stay where they are.
    if (before === undefined || point.changes.length > 0) {
      flush();
      result.push(point);
      return;
    }
    const span = point.imagesSeen - before.imagesSeen;
    if (held + span > most) flush();
    group.push({ point, span });
    held += span;
  });
  flush();
  return result;
}

/**
 * The same curves in fewer points: the newest stay; of the older, neighbours are joined to their means over equal stretches
 * of images, updates with updates and measurements with measurements.
 */
export function thinned(
  points: readonly HistoryPoint[],
  newest = NEWEST,
  stretches = STRETCHES,
): HistoryPoint[] {
  const end = Math.max(0, points.length - newest);
  const older = points.slice(0, end);
  if (older.length < 2) return [...points];
  const most = (older.at(-1)!.imagesSeen - older[0]!.imagesSeen) / stretches;
  const updates = joinedUpTo(
    older.filter((point) => !isMeasurement(point)),
    most,
  );
  const measurements = joinedUpTo(older.filter(isMeasurement), most);
  // A measurement comes after the update that it was made after.
  const all = [...updates, ...measurements].sort((a, b) => a.imagesSeen - b.imagesSeen);
  return [...all, ...points.slice(end)];
}

/** Counts histories. */
let histories = 0;

/** The points of a training's curves: however long it goes on, they stay so few that they can be kept, sent and drawn. */
export class History {
  /** These points and those that will be added: another number once older ones were joined. */
  id = ++histories;
  private held: HistoryPoint[];
  private limit = MOST;

  constructor(points: readonly HistoryPoint[] = []) {
    this.held = [...points];
  }

  get points(): readonly HistoryPoint[] {
    return this.held;
  }

  add(point: HistoryPoint): void {
    this.held.push(point);
    if (this.held.length <= this.limit) return;
    this.held = thinned(this.held);
    this.id = ++histories;
    // Where there is little to join, it is not tried again at every point.
    this.limit = Math.max(MOST, Math.ceil(1.5 * this.held.length));
  }
}
