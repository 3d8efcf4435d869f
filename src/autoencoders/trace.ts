import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { toFloatArray } from '../engine/floatArrays.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';
import type { Autoencoder } from './autoencoder.ts';
import { INFERENCE_STEPS, ITERATIONS } from './completion.ts';
import type { AnyConfig } from './config/settings.ts';
import { descend } from './descent.ts';
import type { Dsrn } from './dsrn.ts';
import { classify, decode, encode } from './equations.ts';
import type { LearningModel } from './learningModel.ts';
import type { Batch } from './losses.ts';
import { codeOf } from './losses.ts';
import { normal } from '../engine/noise.ts';

/** What the noise of a batch follows from where the input holds none. */
const SEED = 1;

/** A batch to trace. */
export interface TraceInput {
  /** Pixels [B, J0]; and 1 where one is seen [B, J0], null: all are. */
  readonly x: FloatArray;
  readonly mask: FloatArray | null;
  /** Perhaps `eps` or `prior` [B, J_L], the noise; perhaps `labels` [B]. */
  readonly tensors: ReadonlyMap<string, FloatArray>;
  /** Steps of inference; undefined: as many as there usually are. */
  readonly steps: number | undefined;
}

type Named = (readonly [name: string, tensor: Tensor])[];

const matrix = ({ shape: [rows = 0, columns = 0], data }: FloatArray): Tensor2D =>
  tf.tensor2d(data, [rows, columns]);

/** Arrays of the tensors that `make` makes; whatever else it makes is freed. */
async function written(make: () => Named): Promise<[string, FloatArray][]> {
  const tensors = tf.tidy(() => Object.fromEntries<Tensor>(make()));
  const arrays: [string, FloatArray][] = [];
  for (const [name, tensor] of Object.entries(tensors)) {
    const { shape, data } = await toFloatArray(tensor);
    // Files hold a number as a list of one.
    arrays.push([name, { shape: shape.length === 0 ? [1] : shape, data }]);
  }
  tf.dispose(tensors);
  return arrays;
}

/**
 * What one batch would do to a model: `loss.*`, every term and `loss.total` before the step (those of later phases where they begin);
 * `d*` and `g*`, gradients before clipping; `next.*`, every parameter after one update from fresh moments.
 */
function learning<C extends AnyConfig>(model: LearningModel<C>, batch: Batch): Named {
  const { config, phases, theta } = model;
  const { slopes, theta: next } = descend(phases, config, { theta, moments: {} }, batch, 1);
  const total = Object.values(slopes[0]?.terms ?? {}).reduce<Scalar>(
    (sum, term) => tf.add(sum, term),
    tf.scalar(0),
  );
  return [
    ...slopes.flatMap(({ terms }) =>
      Object.entries(terms).map(([name, term]) => [`loss.${name}`, term] as const),
    ),
    ['loss.total', total],
    ...slopes.flatMap(({ gradients }, i) =>
      Object.entries(gradients).map(([name, d]) => [`${phases[i]!.letter}${name}`, d] as const),
    ),
    ...Object.entries(next).map(([name, tensor]) => [`next.${name}`, tensor] as const),
  ];
}

/** The noise that the input holds, or drawn from a fixed seed. Throws a file error where it does not fit. */
function noiseIn({ x, tensors }: TraceInput, width: number): Tensor2D {
  const [rows = 0] = x.shape;
  const name = tensors.has('eps') ? 'eps' : 'prior';
  const given = tensors.get(name);
  if (!given) return normal(SEED, rows, width);
  if (given.shape.join() !== [rows, width].join())
    throw new NgcError('file', `${name} must have the shape [${rows}, ${width}].`);
  return matrix(given);
}

/**
 * Writes down what an autoencoder makes of a batch: `h1` …, `mean`, `logVariance`, `mu0` (of the code with its noise), what `learning` tells, and with a mask
 * `completed.*` and `mmse.*` (summed over what is hidden) by every rule. Throws a file error where the noise does not fit.
 */
export async function traceAutoencoder(
  model: Autoencoder,
  input: TraceInput,
): Promise<Map<string, FloatArray>> {
  const { theta, layers } = model;
  const forwards = await written(() => {
    const x = matrix(input.x);
    const encoding = encode(theta, x, layers);
    const { h, mean, logVariance } = encoding;
    const noise = noiseIn(input, mean.shape[1]);
    const z = codeOf(model.config, encoding, noise);
    return [
      ...h.map((layer, i) => [`h${i + 1}`, layer] as const),
      ['mean', mean],
      ...(logVariance ? [['logVariance', logVariance] as const] : []),
      ['mu0', tf.sigmoid(decode(theta, z, layers))],
      ...learning(model, { x, noise, classes: null }),
    ];
  });
  const completions = input.mask ? await completing(model, input.x, input.mask, input.steps) : [];
  return new Map([...forwards, ...completions]);
}

/** Hidden pixels filled in by every rule, and how wrong that is. */
async function completing(
  model: Autoencoder,
  x: FloatArray,
  mask: FloatArray,
  steps: number = INFERENCE_STEPS,
): Promise<[string, FloatArray][]> {
  const [pictures, seen] = [matrix(x), matrix(mask)];
  const arrays: [string, FloatArray][] = [];
  try {
    for (const [how, count, name] of [
      ['once', 1, 'once'],
      ['iterated', ITERATIONS, `iterated${ITERATIONS}`],
      ['inferred', steps, `inferred${steps}`],
    ] as const) {
      const completion = await model.complete(pictures, seen, { how, steps: count });
      const told = written(() => {
        const { picture } = completion;
        // Seen pixels are as they were.
        const missed = tf.div(tf.sum(tf.squaredDifference(picture, pictures)), picture.shape[0]);
        return [
          [`completed.${name}`, tf.clone(picture)],
          [`mmse.${name}`, missed],
        ];
      });
      arrays.push(...(await told));
      completion.dispose();
    }
    return arrays;
  } finally {
    tf.dispose([pictures, seen]);
  }
}

/**
 * Writes down what a DSRN makes of a batch: `h1` …, `logits`, and where the input tells the classes what `learning` tells. Throws a
 * file or data error where those do not fit.
 */
export async function traceDsrn(
  model: Dsrn,
  { x: images, tensors }: TraceInput,
): Promise<Map<string, FloatArray>> {
  const labels = tensors.get('labels');
  const [rows] = images.shape;
  if (labels && labels.shape.join() !== String(rows))
    throw new NgcError('file', `labels must have the shape [${rows}].`);
  const forwards = await written(() => {
    const x = matrix(images);
    const { h, logits } = classify(model.theta, x, model.layers);
    const told = labels && model.classesOf({ labels: Uint8Array.from(labels.data) });
    return [
      ...h.map((layer, i) => [`h${i + 1}`, layer] as const),
      ['logits', logits],
      ...(told ? learning(model, { x, noise: null, classes: told }) : []),
    ];
  });
  return new Map(forwards);
}
