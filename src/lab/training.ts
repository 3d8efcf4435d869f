import { trainingName } from '../experiments/cells.ts';
import type { Training } from '../experiments/experiment.ts';
import { changeSettings } from '../models/changes.ts';
import { familyOf } from '../models/families.ts';
import type { Family } from '../models/family.ts';
import type { Executor } from '../ngc/settling.ts';
import { NgcError } from '../shared/errors.ts';
import type { Course } from './course.ts';
import { BEGINNING, isBest } from './course.ts';
import { firstSettings, Learning } from './learning.ts';
import type { LabImages } from './splits.ts';
import type { Trained, TrainedFiles, Underway } from './trainedFiles.ts';
import type { Work } from './work.ts';

/** What a training needs beside what it is. */
export interface TrainingContext {
  readonly files: TrainedFiles;
  readonly executor: Executor;
  readonly families: readonly Family[];
  readonly work: Work;
  /** Hears the course after every look. */
  readonly onLook?: ((course: Course) => void) | undefined;
}

/** What became of a training. */
export type Outcome =
  | { readonly state: 'done'; readonly trained: Trained }
  | { readonly state: 'diverged'; readonly reason: string; readonly course: Course };

/**
 * The model of a training: from its file where it is finished, else trained, from its checkpoint where it was begun. Null: somebody
 * else is at it just now. Throws a "cancelled" error when stopped, with a checkpoint kept.
 * @param load the images to learn from, asked for only where they are needed
 */
export async function trainedModel(
  training: Training,
  load: () => Promise<LabImages>,
  context: TrainingContext,
): Promise<Outcome | null> {
  const { files } = context;
  const name = trainingName(training);
  const release = await files.shelf.claim(`models/${name}`);
  if (!release) return null;
  try {
    const before = await files.read(name);
    if (before) return { state: 'done', trained: before };
    return await train(training, name, await load(), context);
  } finally {
    await release();
  }
}

/** Trains to the end, from the checkpoint if there is one, and keeps the model. */
async function train(
  training: Training,
  name: string,
  images: LabImages,
  context: TrainingContext,
): Promise<Outcome> {
  const { files, families, executor, work, onLook } = context;
  const family = familyOf(training.variant, families);
  const underway = await files.readCheckpoint(name);
  const { model, course: from, record } = underway ?? (await fresh(training, family, executor));
  let course = from;
  try {
    const learning = new Learning(training, model, family, images, from, record, work, {
      keep: (now, at) => files.writeCheckpoint(name, model, now, at),
      keepBest: (at) => files.writeBest(name, model, at),
      onLook(now) {
        course = now;
        onLook?.(now);
      },
    });
    course = await learning.run();
  } catch (error) {
    model.dispose();
    const cause = work.causeOf ? await work.causeOf(error) : error;
    if (!(cause instanceof NgcError) || cause.kind !== 'diverged') throw cause;
    await files.forget(name);
    return { state: 'diverged', reason: cause.message, course };
  }
  const keepsBest = training.patience !== undefined && course.best >= 0 && !isBest(course);
  const best = keepsBest ? await files.readBest(name) : null;
  if (best) model.dispose();
  const { seed } = training;
  const trained: Trained = { model: best ?? model, family, course, seed, prior: null };
  try {
    family.steer(
      trained.model,
      changeSettings(family, trained.model.config, training.reading ?? {}),
    );
    await files.write(name, trained);
    await files.forget(name);
    return { state: 'done', trained };
  } catch (error) {
    trained.model.dispose();
    throw error;
  }
}

async function fresh(
  training: Training,
  family: Family,
  executor: Executor,
): Promise<Omit<Underway, 'record'> & { readonly record: undefined }> {
  const model = await family.create(firstSettings(training, family), training.seed, executor);
  return { model, family, course: BEGINNING, record: undefined };
}
