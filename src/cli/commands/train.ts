import { heldOut } from '../../data/batches.ts';
import type { Dataset, DatasetId } from '../../data/dataset.ts';
import { imagesOf } from '../../data/dataset.ts';
import type { ImageModel, ModelSettings } from '../../engine/model.ts';
import { familyOf, variantsOf } from '../../models/families.ts';
import type { Family } from '../../models/family.ts';
import { saveModel } from '../../models/files.ts';
import { VARIANTS } from '../../ngc/config/variants.ts';
import type { Backend } from '../../runtime/backends.ts';
import type { Recipe } from '../../ngc/recipe.ts';
import { RECIPES } from '../../ngc/recipe.ts';
import { recipeOf } from '../../runtime/recipes.ts';
import { NgcError, SpoiltError } from '../../shared/errors.ts';
import { grouped } from '../../shared/grouped.ts';
import { BACKEND_OPTION, startNumerics, WORKERS_OPTION } from '../backend.ts';
import { defineCommand } from '../command.ts';
import {
  checkPixels,
  DATA_OPTIONS,
  firstOf,
  heldOutOf,
  limitOption,
  loadDataset,
} from '../datasets.ts';
import { named, writeWhole } from '../files.ts';
import type { ReadFile } from '../models.ts';
import { Spare } from '../loss.ts';
import { modelOf, readModelFile } from '../models.ts';
import type { Values } from '../options.ts';
import {
  choice,
  flag,
  needed,
  repeated,
  text,
  usageError,
  whole,
  withDefault,
} from '../options.ts';
import { duration, lossText } from '../progress.ts';
import { changeSettings } from '../../models/changes.ts';
import { parseSettings } from '../settings.ts';
import { FORCE_OPTION } from '../replacing.ts';
import { listenForStop } from '../signals.ts';
import { checkPlaces, Checkpoints, checkpointPath, claimOutputs, Log } from '../trainFiles.ts';
import type { EpochRecord } from '../trainRun.ts';
import { TrainRun } from '../trainRun.ts';

const EPOCHS = 5;
/** Seed of the choice of held-out images: fixed, so that all runs are measured on the same ones. */
const HELD_OUT_SEED = 1;

const OPTIONS = {
  ...DATA_OPTIONS,
  limit: limitOption('Trains on the first N training images only.'),
  'hold-out': flag(
    'Learns from none of the images that choices are made on (2,000 training images, of a small set a tenth), and measures on them after each epoch instead of on test images; "eval --split validation" measures on them too.',
  ),
  epochs: whole('E', `Epochs in all, whole ones; default ${EPOCHS}.`, 1, 1e6),
  images: whole(
    'N',
    'Stops, within an epoch if need be, after the batch in which N images in all have been seen; without --epochs the only stop.',
    1,
  ),
  recipe: withDefault(
    choice(
      'R',
      'Settings to begin with: those of the paper (paper, the default), or those of a new network on the page (quick), with which gncn models learn several times as many images a second. --set comes on top.',
      RECIPES,
    ),
    'paper',
  ),
  batch: whole('B', 'Images of one update; default 200 (pcn: 100, gmm: 10,000).', 1, 60_000),
  seed: whole(
    'S',
    'Seed of the first synapses and of the order of images; default 1.',
    0,
    2 ** 32 - 1,
  ),
  ...BACKEND_OPTION,
  ...WORKERS_OPTION,
  set: repeated(
    'key=value …',
    'Changes settings, several after one --set or each with its own: --set learningRate=0.5 optimizer=sgd sizes=784,360,360,360.',
  ),
  resume: text('C', 'Goes on from a checkpoint exactly where it stopped.'),
  'test-limit': withDefault(
    whole('N', 'Test images to measure after each epoch; default 1000, 0 for none.', 0),
    1000,
  ),
  f16: flag('Writes the model in half precision (checkpoints never are).'),
  out: needed(text('M', 'Where to write the model (.safetensors).')),
  log: text('FILE.jsonl', 'Writes a line of JSON after each epoch.'),
  ...FORCE_OPTION,
} as const;

/** The options, with the kinds of models that there are. */
const optionsOf = (variants: readonly string[]) => ({
  variant: choice('V', `Which model: ${variants.join(', ')}.`, variants),
  ...OPTIONS,
});

type TrainValues = Values<ReturnType<typeof optionsOf>>;

/** The images of a run. `held`: those that choices are made on were held out, and stand in the place of the test images. */
interface TrainingData {
  readonly data: Dataset;
  readonly held: boolean;
}

/** What the card of a trained model says about its images; a resumed run must use the same ones. */
function cardOf(id: DatasetId, { data, held }: TrainingData): Record<string, string> {
  return { dataset: id, trainImages: String(data.train.count), ...(held && { heldOut: 'true' }) };
}

/** The dataset to use: the one that was asked for, or the one a checkpoint names; they must not differ. */
function chooseDataset(values: TrainValues, checkpoint: ReadFile | null): DatasetId {
  const before = checkpoint?.card?.['dataset'];
  if (values.dataset !== undefined && before !== undefined && values.dataset !== before)
    throw usageError(
      `Option --dataset ${values.dataset} does not fit: the checkpoint was trained on ${before}.`,
    );
  const id = values.dataset ?? OPTIONS.dataset.read(before === undefined ? [] : [before]);
  if (id === undefined) throw usageError('Option --dataset is missing; give --dataset D.');
  return id;
}

/** The images to train on; those of a resumed run must be the ones it began with. */
async function loadTraining(
  id: DatasetId,
  values: TrainValues,
  checkpoint: ReadFile | null,
): Promise<TrainingData> {
  const wasHeld = checkpoint?.card?.['heldOut'] === 'true';
  if (checkpoint && values['hold-out'] && !wasHeld)
    throw usageError(
      'Option --hold-out does not fit: the checkpoint has learnt from all training images.',
    );
  const held = values['hold-out'] || wasHeld;
  const whole = await loadDataset(id, values['data-dir']);
  const data = held ? heldOutOf(whole) : whole;
  const before = Number(checkpoint?.card?.['trainImages'] ?? NaN);
  const limit = values.limit ?? (Number.isInteger(before) ? before : undefined);
  const train = firstOf(data.train, limit);
  if (Number.isInteger(before) && train.count !== before)
    throw usageError(
      `Option --limit: the checkpoint was trained on the first ${before} images, not ${train.count}; give --limit ${before}.`,
    );
  const offset = checkpoint?.training?.offset ?? 0;
  if (offset > train.count)
    throw usageError(
      `Option --limit: the checkpoint stands at image ${offset} of its epoch, but there are only ${train.count}.`,
    );
  return { data: { ...data, train }, held };
}

/** What is to be trained, as far as it is known before anything takes time. */
interface Plan {
  readonly family: Family;
  readonly config: ModelSettings;
  /** What to go on from; null: a fresh model. */
  readonly checkpoint: ReadFile | null;
}

/** The settings of the recipe. Throws a usage error where there is no such recipe, or training goes on with settings that it has. */
function startOf(recipe: Recipe, variant: string | undefined, checkpoint: ReadFile | null) {
  if (recipe === 'paper') return {};
  const ngc = VARIANTS.find((one) => one === variant);
  if (checkpoint)
    throw usageError(`Option --recipe ${recipe} does not fit: the checkpoint has its settings; change them by --set.`); // prettier-ignore
  if (!ngc)
    throw usageError(`Option --recipe ${recipe} is for ${VARIANTS.join(', ')}; leave it away for others.`); // prettier-ignore
  return recipeOf(recipe, ngc);
}

/** What the command line and the checkpoint ask for. Throws a usage, config or file error that names what is wrong. */
async function plan(values: TrainValues, families: readonly Family[]): Promise<Plan> {
  const { variant, set, batch, resume } = values;
  // Settings are those of --variant; where there is none, the checkpoint says what they are of.
  const asked = variant === undefined ? null : familyOf(variant, families);
  const early = asked && parseSettings(set, asked);
  const checkpoint = resume === undefined ? null : await readCheckpoint(resume, families);
  const family = checkpoint?.family ?? asked;
  if (!family)
    throw usageError(
      `Option --variant is missing; give one of ${variantsOf(families).join(', ')}.`,
    );
  const changes = {
    ...(variant !== undefined && { variant }),
    ...startOf(values.recipe, variant, checkpoint),
    ...(early ?? parseSettings(set, family)),
    ...(batch !== undefined && { batch }),
  };
  const config = checkpoint
    ? changeSettings(family, checkpoint.config, changes)
    : family.parse(changes);
  return { family, config, checkpoint };
}

async function readCheckpoint(path: string, families: readonly Family[]): Promise<ReadFile> {
  const read = await readModelFile('--resume', path, families);
  if (!read.training)
    throw new NgcError(
      'file',
      `${named('--resume', path)} is a model without a training record; only what "train" or the page saved while training can go on.`,
    );
  return read;
}

/** The model to train: from a checkpoint, or fresh. */
async function makeModel(
  { family, config, checkpoint }: Plan,
  seed: number,
  backend: Backend,
): Promise<ImageModel> {
  if (!checkpoint) return family.create(config, seed, backend.executor);
  const { model } = await modelOf(checkpoint, backend);
  family.steer(model, config);
  return model;
}

async function run(values: TrainValues, families: readonly Family[]): Promise<void> {
  checkPlaces(values);
  const release = await claimOutputs(values);
  try {
    await trainInto(values, families);
  } finally {
    await release();
  }
}

async function trainInto(values: TrainValues, families: readonly Family[]): Promise<void> {
  const { out } = values;
  const beside = checkpointPath(out);
  const planned = await plan(values, families);
  const { checkpoint } = planned;
  const id = chooseDataset(values, checkpoint);
  const seed = checkpoint?.training?.seed ?? values.seed ?? 1;
  if (values.seed !== undefined && values.seed !== seed)
    throw usageError(
      `Option --seed ${values.seed} does not fit: the checkpoint's seed is ${seed}.`,
    );
  const backend = await startNumerics(values.backend, values.workers);
  const model = await makeModel(planned, seed, backend);
  checkPixels(model);
  const images = await loadTraining(id, values, checkpoint);
  const { data, held } = images;

  const extent = {
    epochs: values.epochs ?? (values.images === undefined ? EPOCHS : Infinity),
    images: values.images ?? Infinity,
  };
  const test = imagesOf(
    data.test,
    heldOut(data.test, values['test-limit'], HELD_OUT_SEED),
    model.shades,
  );
  const training = new TrainRun(model, data, test, seed, extent, checkpoint?.training ?? undefined);
  if (training.done)
    throw usageError(
      `Nothing to do: the checkpoint has ${training.record.epoch} epochs and ${model.imagesSeen} images; give a larger ${values.epochs === undefined && values.images !== undefined ? '--images' : '--epochs'}.`,
    );
  // A prior belongs to the synapses it was fitted to, and the curves of a page's run end where it ended: neither outlives more training.
  const kept = Object.entries(checkpoint?.card ?? {}).filter(([key]) => !['prior', 'run', 'past'].includes(key)); // prettier-ignore
  const card = { ...Object.fromEntries(kept), ...cardOf(id, images) };
  const about = {
    settings: model.config,
    dataset: id,
    trainImages: data.train.count,
    testImages: test.count,
    ...(held && { heldOut: true }),
    seed,
    backend: backend.name,
    resumed: checkpoint !== null,
  };
  const log = new Log(values.log, about, checkpoint !== null, (line) => training.note(line));
  const checkpoints = new Checkpoints(beside, training.watch);
  if (checkpoint) checkpoints.goOnFrom(checkpoint.path, checkpoint.bytes, model.imagesSeen);
  const bytesNow = () => saveModel(model, { training: training.record, checkpoint: true, card });
  const spare = new Spare(bytesNow, async (bytes) => {
    await writeWhole('--out', beside, bytes);
    return `What was learnt before is kept; to go on, repeat the command with --resume ${beside}`;
  });

  training.note(
    `${model.title}, ${model.config.sizes.join('-')}, on ${grouped(data.train.count)} images of ${data.title}; ${backend.name} (${backend.adapter}), seed ${seed}.`,
  );
  for (const notice of data.notices) training.note(notice);
  if (checkpoint)
    training.note(
      `Going on after ${grouped(model.imagesSeen)} images (epoch ${training.record.epoch + 1}).`,
    );

  const { signal } = listenForStop();
  try {
    const goOn = () =>
      training.run({
        spare,
        stopped: () => signal.aborted,
        async onEpoch(record) {
          training.note(epochLine(record, training.lossName, held));
          if (!training.watch.suspects) {
            await checkpoints.tryToWrite(await bytesNow(), model.imagesSeen, (line) => training.note(line)); // prettier-ignore
            spare.forget();
          }
          log.write(record);
        },
      });
    await spare.guard(goOn);
    training.watch.end();
    if (signal.aborted && !training.done)
      await checkpoints.write(await bytesNow(), model.imagesSeen);
  } catch (error) {
    if (!(error instanceof SpoiltError)) throw error;
    throw new NgcError('diverged', `${error.message} ${await checkpoints.goBack()}`);
  }
  if (signal.aborted && !training.done)
    throw new NgcError(
      'cancelled',
      `Stopped after ${grouped(model.imagesSeen)} images; to go on, repeat the command with --resume ${beside}`,
    );
  const bytes = await saveModel(model, { training: training.record, f16: values.f16, card });
  await writeWhole('--out', out, bytes);
  training.note(`Wrote ${out}; ${beside} goes on from here.`);
}

/** What an epoch gave, for people. */
function epochLine(record: EpochRecord, lossName: string, held: boolean): string {
  const { epoch, trainBce, testBce, sparsity, images, seconds } = record;
  const shares = sparsity.map((share) => share.toFixed(2)).join(' ');
  const rho = shares === '' ? '' : ` sparsity ${shares},`;
  const tested =
    testBce === null ? '' : ` ${held ? 'validation' : 'test'} BCE ${testBce.toFixed(2)},`;
  return `Epoch ${epoch}: train ${lossName} ${lossText(trainBce, 2)},${tested}${rho} ${grouped(images)} images in ${duration(seconds)}.`;
}

export const train = (families: readonly Family[]) =>
  defineCommand({
    name: 'train',
    summary: 'trains a model, from scratch or on from a checkpoint.',
    options: optionsOf(variantsOf(families)),
    notes: [
      'A checkpoint is written beside M after each epoch and when the run is stopped (Ctrl-C): M.checkpoint.safetensors. With --resume C a run goes on with the same numbers as if it had not stopped (on the same backend, with as many workers); --epochs and --images count from the very beginning, --dataset, --limit, --hold-out and --seed are taken from C, and --set may change what keeps the synapses, the learning rate for instance.',
      'A training whose loss leaves all proportion ends (status 1), and the checkpoint is the last from which it did well. While a training lives, no other writes its files. A file is only written over where it is a model, or a log, already; --force writes over others, and over C at the end.',
      'The log holds for each epoch: epoch, imagesSeen, images and seconds of this epoch, trainBce (mean over its images, each before its update; of gmm −log p(x) in its place), testBce and sparsity (on test images, with --hold-out on those held out); its first line also the settings, the data, the seed and the backend.',
    ],
    examples: [
      'npm run -s ngc -- train --variant gncn-pdh --dataset mnist --epochs 5 --out pdh.safetensors',
      'npm run -s ngc -- train --recipe quick --variant gncn-pdh --dataset mnist --out pdh.safetensors',
      'npm run -s ngc -- train --resume pdh.checkpoint.safetensors --epochs 10 --out pdh.safetensors',
    ],
    run: (values) => run(values, families),
  });
