import type { Activity } from '../ngc/activity.ts';
import { learnFrom, raised } from '../ngc/learn.ts';
import type { Model } from '../ngc/model.ts';
import { parametersOf, precisionsOf, synapsesOf } from '../ngc/parameters.ts';
import type { Applied, BatchSum, Update } from '../ngc/settling.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { diverged, joinSummaries } from '../ngc/summary.ts';
import { momentNames } from '../ngc/synapses.ts';
import type { Progress } from './move.ts';
import { moveBy, seenBy, sharesOf } from './move.ts';
import type { OwnNetwork } from './network.ts';
import type { Neurons } from './neurons.ts';
import type { Work } from './tasks.ts';
import { observe } from './tell.ts';
import type { Room } from './workshop.ts';
import { giveRoom, takeRoom, Workshop } from './workshop.ts';

/*
 * A weight update by the kernels: what ngc/learn.ts says in plain operations.
 */

/** A settled batch, and its rows in as many parts as there are hands. */
interface Settled {
  readonly whole: Neurons;
  readonly parts: readonly Neurons[];
}

/**
 * Learns from a settled batch. Throws a "diverged" error, and changes nothing, where its numbers are not finite.
 *
 * @param read the batch as tensors, for the Cholesky form: its factorisation is not the kernels' to do
 */
export async function learn(
  network: OwnNetwork,
  { whole, parts }: Settled,
  work: Work,
  read: () => Promise<Activity>,
): Promise<Update> {
  const { model } = network;
  const told = await work(parts.map((neurons) => ({ type: 'tell', neurons }) as const));
  if (!told.every(({ finite }) => finite)) throw diverged(model);
  const summary = joinSummaries(told.map((said, i) => ({ rows: parts[i]!.rows, summary: said })));
  if (!learnsHere(model)) return { ...summary, ...(await learnFrom(model, await read())) };
  const shares = sharesOf(model.config, whole.rows, parts.length);
  const moved = await within(network, whole.rows, shares, (progress, rooms) =>
    work(
      shares.map(
        (names, i) =>
          ({ type: 'learn', neurons: whole, names, room: rooms[i]!, progress }) as const,
      ),
    ),
  );
  return { ...summary, ...moved };
}

/** Whether the kernels learn for a network. */
export const learnsHere = ({ config }: Model): boolean => config.precision !== 'cholesky';

/** Learns from what the synapses saw of `rows` images, as `sumsOf` has it. */
export function learnFromSums(
  network: OwnNetwork,
  rows: number,
  sums: ReadonlyMap<string, FloatArray>,
): Promise<Applied> {
  const names = sharesOf(network.model.config, rows, 1).flat();
  return within(network, rows, [names], async (progress, [room]) => [
    await moveBy(network, room!, progress, names, (workshop, { name }) =>
      workshop.given(sums.get(name)!),
    ),
  ]);
}

/** What a settled batch says, and what the synapses saw of it; E sees what W sees. */
export function sumsOf({ model, heap }: OwnNetwork, neurons: Neurons): BatchSum {
  const { rows } = neurons;
  const { finite, ...summary } = observe(heap, neurons);
  if (!finite) return { rows, finite, summary, sums: [] };
  const room = takeRoom(heap, rows, model.config);
  const workshop = new Workshop(heap, room);
  const seen = model.parameters.filter(({ family }) => family !== 'E');
  const sums = seen.map((parameter) => {
    const data = heap.read(seenBy(workshop, neurons, parameter));
    return [parameter.name, { shape: [...parameter.shape], data }] as const;
  });
  giveRoom(heap, room);
  return { rows, finite, summary, sums };
}

/**
 * Makes an update, and tells the store; where it fails the store is as it was.
 *
 * @param shares who moves what, by name; each has a room, and says of each name what `moveSome` does
 */
async function within(
  network: OwnNetwork,
  rows: number,
  shares: readonly (readonly string[])[],
  update: (progress: Progress, rooms: readonly Room[]) => Promise<readonly (readonly number[])[]>,
): Promise<Applied> {
  const { model, heap } = network;
  await network.prepareLearning();
  const rooms = shares.map(() => takeRoom(heap, rows, model.config));
  model.updates++;
  try {
    const { updates, imagesSeen } = model;
    const results = await update({ updates, imagesSeen, rows }, rooms);
    network.publish(changedNames(model));
    model.imagesSeen += rows;
    const moved = shares.flatMap((names, i) => names.map((name, j) => [name, results[i]![j]!] as const)); // prettier-ignore
    return appliedOf(model, new Map(moved));
  } catch (error) {
    model.updates--;
    network.forget();
    throw error;
  } finally {
    for (const room of rooms) giveRoom(heap, room);
  }
}

/** What came of an update, in the order of the network's matrices. */
function appliedOf({ config }: Model, moved: ReadonlyMap<string, number>): Applied {
  return {
    weightChanges: synapsesOf(config).map(({ name }) => moved.get(name)!),
    warnings: parametersOf(config)
      .filter(({ family, name }) => family === 'Sigma' && moved.get(name)! > 0)
      .map(({ layer, name }) => raised(layer, moved.get(name)!)),
  };
}

/** What an update changes. */
function changedNames({ config, parameters }: Model): string[] {
  const moments = config.optimizer === 'adam' ? synapsesOf(config).flatMap(({ name }) => Object.values(momentNames(name))) : []; // prettier-ignore
  return [...parameters, ...precisionsOf(config)].map(({ name }) => name).concat(moments);
}
