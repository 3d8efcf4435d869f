import { trainingName } from '../experiments/cells.ts';
import type { Budget, Cell } from '../experiments/experiment.ts';
import { drawsFromPrior } from '../experiments/extent.ts';
import type { CellResult, Curve } from '../experiments/result.ts';
import { generates } from '../engine/model.ts';
import type { Family } from '../models/family.ts';
import type { Executor } from '../ngc/settling.ts';
import { NgcError } from '../shared/errors.ts';
import type { Shelf } from '../storage/shelf.ts';
import type { Course } from './course.ts';
import type { Tell } from './damage.ts';
import { exhibitsOf } from './exhibits/exhibits.ts';
import type { Measurement } from './measuring.ts';
import { codesOf, measureCell } from './measuring.ts';
import type { CodesFor, Latents } from './priors.ts';
import { fitPrior } from './priors.ts';
import { measureReference } from './references.ts';
import { cellName, readResult, writeResult } from './results.ts';
import type { LabImages, imageSource } from './splits.ts';
import type { Strange } from './strangeSets.ts';
import { strangeTo } from './strangeSets.ts';
import type { Trained } from './trainedFiles.ts';
import { filesOf, TrainedFiles } from './trainedFiles.ts';
import type { TrainingContext } from './training.ts';
import { trainedModel } from './training.ts';
import type { Work } from './work.ts';

/** Where and with what cells are run. */
export interface LabContext {
  readonly budget: Budget;
  readonly shelf: Shelf;
  readonly images: ReturnType<typeof imageSource>;
  readonly executor: Executor;
  readonly families: readonly Family[];
  /** What computes, and on what, as results name it. */
  readonly backend: string;
  readonly machine: string;
  /** The command that repeats a cell. */
  readonly commandOf: (cell: Cell) => string;
  readonly work: Work;
  /** Hears what a person should know: what was damaged and put aside. */
  readonly tell: Tell;
  /** Hears the curve after every look at the validation images. */
  readonly onCurve?: ((curve: Curve) => void) | undefined;
}

/** A cell's result, and whether it was computed just now. */
export interface CellRun {
  readonly result: CellResult;
  readonly fresh: boolean;
}

/**
 * Runs one cell: trains what is not trained yet, measures it, keeps the result. A result that is there is given back as it is. Null:
 * somebody else is running it, or training its model, just now. A training that diverged is a result that says so. Throws a
 * "cancelled" error when stopped (what was trained is kept, and gone on with the next time) and a data error where the images cannot be had.
 */
export async function runCell(cell: Cell, context: LabContext): Promise<CellRun | null> {
  const { shelf, budget, tell } = context;
  const release = await shelf.claim(cellName(cell, budget));
  if (!release) return null;
  try {
    // While the claim was waited for, somebody else may have finished it.
    const before = await readResult(shelf, cell, budget, tell);
    const result = before ?? (await compute(cell, context));
    return result && { result, fresh: before === null };
  } finally {
    await release();
  }
}

/** What a result says beside what its cell says. */
type Found = Pick<
  CellResult,
  'state' | 'reason' | 'settings' | 'numbers' | 'words' | 'curve' | 'arrays' | 'model'
>;

async function compute(cell: Cell, context: LabContext): Promise<CellResult | null> {
  const began = performance.now();
  const found = await (cell.training ? computeTrained(cell, context) : computeReference(cell, context)); // prettier-ignore
  if (!found) return null;
  const { shelf, budget, machine, backend, commandOf } = context;
  const { trainedHere, training, ...rest } = found;
  const origin = {
    command: commandOf(cell),
    ...{ budget, machine, backend },
    date: new Date().toISOString(),
    training,
    measuring: (performance.now() - began) / 1000 - trainedHere,
  };
  const { experiment, key, row, dataset, point, seed, extent } = cell;
  const place = { experiment, key, row, dataset, point, seed, training: cell.training, extent };
  return writeResult(shelf, cell, { ...place, ...rest, origin });
}

/** Seconds of training in all, and of those what was spent in this run. */
interface Spent {
  readonly training: number;
  readonly trainedHere: number;
}

async function computeReference(cell: Cell, context: LabContext): Promise<Found & Spent> {
  const images = await context.images(cell.dataset);
  const { numbers, words } = await measureReference(cell, images, context.work);
  const nothing = { reason: null, settings: null, curve: null, arrays: {}, model: null };
  return { state: 'done', ...nothing, numbers, words, training: 0, trainedHere: 0 };
}

async function computeTrained(cell: Cell, context: LabContext): Promise<(Found & Spent) | null> {
  const { training } = cell;
  if (!training) throw new Error(`${cell.key} is not trained.`);
  const { shelf, executor, families, work, tell, onCurve } = context;
  const files = new TrainedFiles(shelf, executor, families, tell);
  const onLook = onCurve && ((course: Course) => onCurve(course.curve));
  const trainer: TrainingContext = { files, executor, families, work, onLook };
  const load = () => context.images(training.dataset, training);
  const began = performance.now();
  const outcome = await trainedModel(training, load, trainer);
  const trainedHere = (performance.now() - began) / 1000;
  if (!outcome) return null;
  if (outcome.state === 'diverged') {
    const { course, reason } = outcome;
    const spent = { training: course.seconds, trainedHere };
    const numbers = { seconds: course.seconds };
    const nothing = { settings: null, words: {}, arrays: {}, model: null };
    return { state: 'diverged', reason, ...nothing, numbers, curve: course.curve, ...spent };
  }
  const { trained } = outcome;
  const about = {
    settings: { ...trained.model.config },
    curve: trained.course.curve,
    model: filesOf(trainingName(training)).model,
    ...{ training: trained.course.seconds, trainedHere },
  };
  try {
    const strange = await strangeTo(trained.model, cell, context.images);
    const measured = await measureTrained(cell, trained, await load(), strange, files, trainer);
    return { state: 'done', reason: null, ...about, ...measured };
  } catch (error) {
    const cause = work.causeOf ? await work.causeOf(error) : error;
    if (!(cause instanceof NgcError) || cause.kind !== 'diverged') throw cause;
    const nothing = { numbers: { seconds: trained.course.seconds }, words: {}, arrays: {} };
    return { state: 'diverged', reason: cause.message, ...about, ...nothing };
  } finally {
    trained.model.dispose();
  }
}

async function measureTrained(
  cell: Cell,
  bare: Trained,
  images: LabImages,
  strange: Strange,
  files: TrainedFiles,
  context: TrainingContext,
): Promise<Measurement & Pick<Found, 'arrays'>> {
  const { work } = context;
  const codes = codesOf(bare, images, cell.extent.codes, work);
  const trained =
    generates(bare.model) && drawsFromPrior(cell)
      ? await withPrior(cell, bare, codes, files, work)
      : bare;
  const { numbers, words } = await measureCell(cell, trained, images, codes, strange, work);
  const shown = await exhibitsOf(cell, trained, images, context);
  return { numbers, words: { ...words, ...shown.words }, arrays: shown.arrays };
}

/** Training images a Gaussian of the prior, at the least. */
const EACH = 20;

/** The model with its prior: as it was kept, or fitted now and kept with it. */
async function withPrior(
  { extent, training }: Cell,
  trained: Trained,
  codes: (purpose: CodesFor) => Promise<Latents>,
  files: TrainedFiles,
  work: Work,
): Promise<Trained> {
  if (!training || trained.prior?.codes === extent.codes) return trained;
  const { latents } = await codes('prior');
  const components = Math.max(1, Math.min(extent.components, Math.floor(latents.shape[0]! / EACH)));
  const form = { components, covariance: 'full', seed: trained.seed } as const;
  const { mixture } = await fitPrior(latents, form, work);
  const whole = { ...trained, prior: { mixture, codes: extent.codes } };
  await files.write(trainingName(training), whole);
  return whole;
}
