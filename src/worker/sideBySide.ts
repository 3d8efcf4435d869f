import * as tf from '@tensorflow/tfjs-core';

import { binariseValues } from '../data/dataset.ts';
import type { GenerativeModel } from '../engine/model.ts';
import { generates, isDensity } from '../engine/model.ts';
import { sampleMixture } from '../engine/prior/mixture.ts';
import { mixtureFromTensors } from '../engine/prior/store.ts';
import { FAMILIES, familyOf, variantsOf } from '../models/families.ts';
import type { OpenedModel } from '../models/files.ts';
import { openModel } from '../models/files.ts';
import type { LookReport, RuleChoice, SideModel } from '../protocol/lab.ts';
import type { BackendChoice } from '../protocol/reports.ts';
import type { Backend } from '../runtime/backends.ts';
import { fetchPretrained, modelsBeside } from '../runtime/pretrained.ts';
import { NgcError } from '../shared/errors.ts';
import type { Shelf } from '../storage/shelf.ts';
import { keptResults } from './labKept.ts';
import { numerics } from './labNumerics.ts';
import type { Side } from './labSession.ts';

/** A model that can be set to a drawing, and where its file is. */
interface Listed extends SideModel {
  bytes(): Promise<ArrayBuffer | Uint8Array>;
}

/** Models of every family that lie beside the page. */
async function besideThePage(base: string): Promise<readonly Listed[]> {
  const known = variantsOf(FAMILIES);
  const found = await modelsBeside(base);
  return found
    .filter(({ variant }) => known.includes(variant))
    .map((entry) => ({
      id: `page/${entry.file}`,
      title: familyOf(entry.variant, FAMILIES).titleOf(entry.variant),
      dataset: entry.dataset,
      own: false,
      bytes: () => fetchPretrained(entry, new AbortController().signal, () => undefined),
    }));
}

/** Models that were trained here; several cells may share one. */
async function trainedHere(shelf: Shelf): Promise<readonly Listed[]> {
  const results = await keptResults(shelf, () => undefined);
  const listed = new Map<string, Listed>();
  for (const { model, training } of results) {
    if (model === null || training === null || listed.has(model)) continue;
    const { variant, dataset, seed } = training;
    listed.set(model, {
      id: `own/${model}`,
      title: `${familyOf(variant, FAMILIES).titleOf(variant)}, seed ${seed}`,
      ...{ dataset, own: true },
      async bytes() {
        const bytes = await shelf.read(model);
        if (bytes) return bytes;
        throw new NgcError('file', 'This model is not here any more: run its cell again.');
      },
    });
  }
  return [...listed.values()];
}

/** Which of its rules a model is asked to use. */
const ruleOf = ({ completions }: GenerativeModel, choice: RuleChoice): string =>
  choice === 'paper' ? completions.paper : completions.all[0];

/** What a model makes of one picture [1, pixels]: its picture, and by which rule. */
async function seen(
  model: GenerativeModel,
  pixels: Float32Array,
  mask: Uint8Array | null,
  rule: RuleChoice,
): Promise<Pick<LookReport, 'picture' | 'how'>> {
  const x = tf.tensor2d(pixels, [1, pixels.length]);
  if (mask === null) {
    const perception = await model.perceive(x);
    const picture = Float32Array.from(await perception.predicted.data());
    perception.dispose();
    x.dispose();
    return { picture, how: null };
  }
  const how = ruleOf(model, rule);
  const shown = tf.tensor2d(Float32Array.from(mask), [1, mask.length]);
  const completion = await model.complete(x, shown, { how });
  const picture = Float32Array.from(await completion.picture.data());
  completion.dispose();
  tf.dispose([x, shown]);
  return { picture, how };
}

/** Sum of squared differences over the pixels that the mask hides; over all where it is null. */
function squaredError(picture: Float32Array, truth: Float32Array, mask: Uint8Array | null): number {
  let sum = 0;
  for (let i = 0; i < truth.length; i++)
    if (mask === null || mask[i] === 0) sum += (picture[i]! - truth[i]!) ** 2;
  return sum;
}

/** Models of all families set to one drawing, each opened when it is first asked. */
export async function openSide(base: string, shelf: Shelf, choice: BackendChoice): Promise<Side> {
  const backend: Backend = await numerics(choice, () => undefined);
  const listed = [...(await besideThePage(base)), ...(await trainedHere(shelf))];
  const opened = new Map<string, Promise<OpenedModel>>();
  const open = (id: string): Promise<OpenedModel> => {
    const model = listed.find((one) => one.id === id);
    if (!model) throw new NgcError('usage', 'There is no such model.');
    const held = opened.get(id) ?? model.bytes().then((bytes) => openModel(bytes, model.title, backend.executor)); // prettier-ignore
    opened.set(id, held);
    held.catch(() => opened.delete(id));
    return held;
  };
  // One after the other: what computes is shared.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
  return {
    models: listed.map(({ id, title, dataset, own }) => ({ id, title, dataset, own })),
    look: ({ model: id, pixels, mask, rule }) =>
      inTurn(async () => {
        const { model } = await open(id);
        if (!generates(model)) throw new NgcError('usage', `A ${model.title} completes nothing.`);
        const truth = binariseValues(pixels);
        const began = performance.now();
        const made = await seen(model, truth, mask, rule);
        const milliseconds = performance.now() - began;
        return { ...made, milliseconds, squaredError: squaredError(made.picture, truth, mask) };
      }),
    draw: ({ model: id, count, seed }) =>
      inTurn(async () => {
        const { model, prior } = await open(id);
        if (isDensity(model))
          return { count, pictures: Float32Array.from(model.draw(count, seed).data) };
        if (!generates(model) || !prior)
          throw new NgcError('usage', `This ${model.title} came without a prior to draw from.`);
        const { data } = sampleMixture(mixtureFromTensors(prior), count, seed);
        const latents = tf.tensor2d(Float32Array.from(data), [count, model.latentWidth]);
        const decoded = model.decode(latents);
        const pictures = Float32Array.from(await decoded.data());
        tf.dispose([latents, decoded]);
        return { count, pictures };
      }),
  };
}
