import type { ImageModel } from '../engine/model.ts';
import { perceives } from '../engine/model.ts';
import type { Mixture } from '../engine/prior/mixture.ts';
import { mixtureFromTensors, mixtureToTensors } from '../engine/prior/store.ts';
import type { TrainingRecord } from '../io/modelFile.ts';
import type { Family } from '../models/family.ts';
import { openModel, saveModel } from '../models/files.ts';
import type { Executor } from '../ngc/settling.ts';
import { NgcError } from '../shared/errors.ts';
import { parseJson } from '../shared/json.ts';
import type { Shelf } from '../storage/shelf.ts';
import type { Course } from './course.ts';
import { courseFrom } from './course.ts';
import type { Tell } from './damage.ts';
import { readOrPutAside } from './damage.ts';

/** A trained model, and how it came to be. Whoever holds it disposes the model. */
export interface Trained {
  readonly model: ImageModel;
  readonly family: Family;
  /** How its training went. */
  readonly course: Course;
  /** What its first parameters and the order of its images followed from. */
  readonly seed: number;
  /** Its prior once one was fitted, and to the codes of how many training images. */
  readonly prior: { readonly mixture: Mixture; readonly codes: number } | null;
}

/** A model on its way, as a checkpoint brings it back. */
export interface Underway {
  readonly model: ImageModel;
  readonly family: Family;
  readonly course: Course;
  readonly record: TrainingRecord;
}

/** What the card of such a file says, so that the file alone tells how the model came to be. */
const COURSE = 'course';
const CODES = 'priorCodes';

/** The names of a training's files. */
export const filesOf = (training: string) => ({
  model: `models/${training}.safetensors`,
  checkpoint: `checkpoints/${training}.safetensors`,
  best: `checkpoints/${training}.best.safetensors`,
});

/** Reads and writes the files of trainings on a shelf. */
export class TrainedFiles {
  constructor(
    readonly shelf: Shelf,
    private readonly executor: Executor,
    private readonly families: readonly Family[],
    private readonly tell: Tell,
  ) {}

  /** The finished model of a training, or null. One that is damaged is put aside. */
  read(training: string): Promise<Trained | null> {
    return this.open(filesOf(training).model, (opened) => {
      const { model, family, prior, card, course, training: record } = opened;
      const seed = record?.seed ?? 0;
      if (!prior) return { model, family, course, seed, prior: null };
      const mixture = mixtureFromTensors(prior);
      const fits = perceives(model) && mixture.size === model.latentWidth;
      if (!fits) throw new NgcError('file', `its prior is over ${mixture.size} neurons`);
      return { model, family, course, seed, prior: { mixture, codes: Number(card[CODES]) } };
    });
  }

  async write(training: string, { model, course, prior, seed }: Trained): Promise<void> {
    const { imagesSeen, updates: step } = model;
    const record = { step, imagesSeen, epoch: 0, offset: 0, seed, rng: null };
    const bytes = await saveModel(model, {
      training: record,
      prior: prior && mixtureToTensors(prior.mixture),
      card: {
        [COURSE]: JSON.stringify(course),
        ...(prior && { [CODES]: String(prior.codes) }),
      },
    });
    await this.shelf.write(filesOf(training).model, bytes);
  }

  /** Where a training was left, or null where it has not begun. */
  readCheckpoint(training: string): Promise<Underway | null> {
    return this.open(filesOf(training).checkpoint, ({ training: record, ...opened }) => {
      if (!record) throw new NgcError('file', 'it has no training record');
      return { ...opened, record };
    });
  }

  async writeCheckpoint(
    training: string,
    model: ImageModel,
    course: Course,
    record: TrainingRecord,
  ): Promise<void> {
    const card = { [COURSE]: JSON.stringify(course) };
    const bytes = await saveModel(model, { training: record, checkpoint: true, card });
    await this.shelf.write(filesOf(training).checkpoint, bytes);
  }

  /** The best model of a training that is under way, or null. */
  async readBest(training: string): Promise<ImageModel | null> {
    const bytes = await this.shelf.read(filesOf(training).best);
    if (!bytes) return null;
    const { model } = await openModel(bytes, training, this.executor, this.families);
    return model;
  }

  async writeBest(training: string, model: ImageModel, record: TrainingRecord): Promise<void> {
    const bytes = await saveModel(model, { training: record });
    await this.shelf.write(filesOf(training).best, bytes);
  }

  /** Removes what was kept of a training on its way. */
  async forget(training: string): Promise<void> {
    const { checkpoint, best } = filesOf(training);
    await this.shelf.remove(checkpoint);
    await this.shelf.remove(best);
  }

  /** Opens a file whose card holds a course; what `use` finds wrong with it is damage too. */
  private open<T>(
    name: string,
    use: (opened: Awaited<ReturnType<typeof openModel>> & { course: Course }) => T,
  ): Promise<T | null> {
    const read = async (bytes: Uint8Array) => {
      const opened = await openModel(bytes, name, this.executor, this.families);
      try {
        const course = courseFrom(parsed(opened.card[COURSE]));
        if (!course) throw new NgcError('file', 'its card does not say how it was trained');
        return use({ ...opened, course });
      } catch (error) {
        opened.model.dispose();
        throw error;
      }
    };
    return readOrPutAside(this.shelf, name, read, this.tell);
  }
}

function parsed(text: string | undefined): unknown {
  try {
    return parseJson(text ?? 'null');
  } catch {
    return null;
  }
}
