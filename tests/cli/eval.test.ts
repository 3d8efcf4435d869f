import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';

import { loadDatasetFromDir } from '../../src/cli/dataFiles.ts';
import { classificationError, fitClassifier } from '../../src/engine/measures/classification.ts';
import { filledInBy, measureCompletion } from '../../src/engine/measures/completion.ts';
import { latentsOf } from '../../src/engine/measures/latents.ts';
import { decoded, logMarginalLikelihoods } from '../../src/engine/measures/likelihood.ts';
import { measureReconstruction } from '../../src/engine/measures/reconstruction.ts';
import type { DiscrepancySpread } from '../../src/engine/measures/discrepancy.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import { sampleMixture } from '../../src/engine/prior/mixture.ts';
import { mixtureFromTensors } from '../../src/engine/prior/store.ts';
import { imagesOf } from '../../src/data/dataset.ts';
import { decodeModel, encodeModel } from '../../src/io/modelFile.ts';
import { writeSafetensors } from '../../src/io/safetensors.ts';
import { generative } from '../../src/engine/model.ts';
import { openModel } from '../../src/models/files.ts';
import type { FloatArray } from '../../src/shared/arrays.ts';
import { mean } from '../../src/shared/arrays.ts';
import { ngc, SMALL, smallDataset, temporaryFolder, tensorsAt } from './helpers.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const dir = smallDataset(folder, 300, 60);
const data = ['--dataset', 'mnist', '--data-dir', dir];
const plain = at('plain.safetensors');
const full = at('full.safetensors');

beforeAll(async () => {
  const trained = await ngc(
    ...['train', '--variant', 'gncn-pdh', ...data, ...SMALL, '--set', 'learningRate=0.01'],
    ...['--epochs', '3', '--test-limit', '0', '--out', plain],
  );
  expect(trained).toMatchObject({ status: 0, stderr: '' });
  const fitted = await ngc(
    ...['prior', '--model', plain, ...data, '--components', '3', '--limit', '250'],
    ...['--seed', '4', '--out', full],
  );
  expect(fitted).toMatchObject({ status: 0, stderr: '' });
  expect(fitted.stdout).toMatch(/^Mixture of 3 Gaussians with full covariances/m);
});

const open = async () => {
  const { model, prior } = await openModel(readFileSync(full), 'full', opByOp);
  return { model: generative(model, 'be measured'), prior };
};
const json = async (...args: string[]) => {
  const { status, stdout, stderr } = await ngc('eval', ...args, '--json');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as Record<string, unknown>;
};

describe('eval', () => {
  test('says which measure is no number, and fails', async () => {
    const { parameters, ...file } = decodeModel(readFileSync(plain), 'plain');
    const huge = new Map(
      [...parameters].map(([name, { shape, data: values }]) => [
        name,
        { shape, data: name.startsWith('Sigma') ? values : values.map((value) => 1e37 * value) },
      ]),
    );
    writeFileSync(at('huge.safetensors'), encodeModel({ ...file, parameters: huge }));
    const measured = ['eval', '--model', at('huge.safetensors'), ...data, '--limit', '20'];
    const { status, stderr } = await ngc(...measured, '--measures', 'bce,discrepancy');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^ngc: --model \S*huge\.safetensors cannot be measured by .*(bce|discrepancy) \((NaN|-?Infinity)\)/); // prettier-ignore
  });

  test('says what the engine says when it is asked directly', async () => {
    const result = await json(
      ...['--model', full, ...data, '--limit', '50'],
      ...['--latents', '300', '--samples', '700', '--seed', '3'],
    );
    expect(Object.keys(result)).toEqual(
      ['model', 'dataset', 'split', 'images', 'backend', 'bce', 'sparsity', 'mmse', 'how', 'logpx', 'prior', 'err', 'classifier', 'discrepancy'], // prettier-ignore
    );
    expect(result).toMatchObject({
      model: full,
      dataset: 'mnist',
      split: 'test',
      images: 50,
      backend: 'wasm',
    });
    expect(result['prior']).toMatch(/3 Gaussians .* from the model file; 700 samples/);

    const { model, prior } = await open();
    const { train, test: held } = await loadDatasetFromDir('mnist', dir);
    const first = Uint32Array.from({ length: 50 }, (_, i) => i);
    const images = imagesOf(held, first);
    const { bce, sparsity, discrepancy } = await measureReconstruction(model, images);
    const spread = result['discrepancy'] as DiscrepancySpread;
    expect(spread.mean).toBeCloseTo(discrepancy, 2);
    expect(spread.p5).toBeLessThan(spread.p50);
    expect(spread.p50).toBeLessThan(spread.p95);
    expect(spread.blank).toBeGreaterThan(spread.mean); // an empty page is the easiest picture
    expect(result['bce']).toBeCloseTo(bce, 3);
    (result['sparsity'] as number[]).forEach((share, i) =>
      expect(share).toBeCloseTo(sparsity[i]!, 5),
    );
    expect(result['how']).toBe('eq19');
    expect(result['mmse']).toBeCloseTo(await measureCompletion(model, images), 3);
    const args = ['--model', full, ...data, '--limit', '50', '--measures', 'mmse'];
    const silent = await json(...args, '--how', 'silent');
    expect(silent['how']).toBe('silent');
    expect(silent['mmse']).toBeCloseTo(
      await measureCompletion(model, images, { fill: filledInBy(model, 'silent') }),
      3,
    );
    expect(silent['mmse']).not.toBeCloseTo(result['mmse'] as number, 3);
    const drawn = sampleMixture(mixtureFromTensors(prior!), 700, 3);
    const direct = mean(await logMarginalLikelihoods(decoded(model), images, drawn));
    expect(result['logpx']).toBeCloseTo(direct, 3);
    // All 300 training images are used, so their order is the only difference.
    const width = model.latentWidth;
    const points = async (source: typeof images) => ({
      shape: [source.count, width],
      data: await latentsOf(model, source),
    });
    const classifier = await fitClassifier(await points(imagesOf(train)), train.labels!, 10);
    const err = await classificationError(classifier, await points(images), held.labels!);
    expect(Math.abs((result['err'] as number) - err)).toBeLessThanOrEqual(2.1); // one image of 50
    expect(err).toBeLessThan(85);
    classifier.dispose();
    model.dispose();
  });

  test('measures only what it is asked for; without a prior it fits one and says so', async () => {
    const some = await json('--model', plain, ...data, '--measures', 'mmse', '--split', 'train');
    expect(some).toMatchObject({ split: 'train', images: 300, mmse: expect.any(Number) as number });
    expect(some).not.toHaveProperty('bce');
    const fitted = await json(
      ...['--model', plain, ...data, '--measures', 'logpx'],
      ...['--latents', '90', '--samples', '50'],
    );
    expect(fitted['prior']).toMatch(/fitted now to 90 training images, as the model file holds no/);
    expect(fitted['logpx']).toBeLessThan(0);
  });

  test('for a person, a table', async () => {
    const { status, stdout } = await ngc(
      ...['eval', '--model', plain, ...data, '--measures', 'bce,sparsity'],
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /on 60 images of MNIST \(test\), wasm:\n {2}BCE +\d+\.\d\d nats an image/,
    );
    expect(stdout).toMatch(/Sparsity +0\.\d{3} 0\.\d{3}/);
  });
});

/** Greys of a PNG of the one form that we write, read by the specification. */
function decodePng(bytes: Buffer): { width: number; height: number; greys: Uint8Array } {
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  const chunks = new Map<string, Buffer>();
  for (let i = 8; i < bytes.length;) {
    const length = bytes.readUInt32BE(i);
    chunks.set(bytes.toString('latin1', i + 4, i + 8), bytes.subarray(i + 8, i + 8 + length));
    i += length + 12;
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
  const header = chunks.get('IHDR')!;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  expect([...header.subarray(8)]).toEqual([8, 0, 0, 0, 0]);
  const rows = inflateSync(chunks.get('IDAT')!);
  expect(rows.length).toBe(height * (width + 1));
  const greys = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    expect(rows[y * (width + 1)]).toBe(0);
    greys.set(rows.subarray(y * (width + 1) + 1, (y + 1) * (width + 1)), y * width);
  }
  return { width, height, greys };
}

test('sample writes probabilities and a sheet of pictures; the same seed draws the same', async () => {
  const draw = async (name: string, seed: string, ...more: string[]) => {
    const args = ['--model', full, '--count', '5', '--seed', seed, '--out', at(name), ...more];
    expect(await ngc('sample', ...args)).toEqual({ status: 0, stdout: '', stderr: '' });
    return tensorsAt(at(name)).tensors;
  };
  const first = await draw('s1.safetensors', '8', '--png', at('s1.png'));
  expect(await draw('s2.safetensors', '8')).toEqual(first);
  expect(await draw('s3.safetensors', '9')).not.toEqual(first);

  const { model, prior } = await open();
  const latents = sampleMixture(mixtureFromTensors(prior!), 5, 8);
  expect(first.get('phi2')).toEqual(latents);
  const top = tf.tensor2d(latents.data, latents.shape as [number, number]);
  const mu0 = await model.decode(top).data();
  expect(first.get('mu0')!.shape).toEqual([5, 784]);
  expect(first.get('mu0')!.data).toEqual(mu0);
  model.dispose();

  const { width, height, greys } = decodePng(readFileSync(at('s1.png')));
  expect([width, height]).toEqual([3 * 30 + 2, 2 * 30 + 2]);
  // Pixel (x 10, y 5) of picture 4: second row, second column.
  expect(greys[(2 + 30 + 5) * width + 2 + 30 + 10]).toBe(Math.round(255 * mu0[4 * 784 + 5 * 28 + 10]!)); // prettier-ignore
});

test.each(['diagonal', 'factor'] as const)('prior --covariance %s', async (covariance) => {
  const out = at(`${covariance}.safetensors`);
  const fitted = await ngc(
    ...['prior', '--model', plain, ...data, '--components', '2', '--limit', '100', '--rank', '3'],
    ...['--covariance', covariance, '--shrinkage', '0.1', '--iterations', '4', '--out', out],
  );
  expect(fitted).toMatchObject({ status: 0, stderr: '' });
  const { prior, card } = await openModel(readFileSync(out), out, opByOp);
  const mixture = mixtureFromTensors(prior!);
  expect(mixture).toMatchObject({ kind: covariance, components: 2, size: 8 });
  expect(card['prior']).toContain(`2 Gaussians with ${covariance}`);
});

test('prior keeps the model as it was and adds to the card; info tells it all', async () => {
  const [before, after] = [tensorsAt(plain), tensorsAt(full)];
  for (const [name, array] of before.tensors) expect(after.tensors.get(name)).toEqual(array);
  const text = await ngc('info', full);
  expect(text).toMatchObject({ status: 0, stderr: '' });
  for (const part of ['GNCN-PDH, 784-12-8', 'learningRate *', 'W1', '[12, 784]', 'imagesSeen  900'])
    expect(text.stdout).toContain(part);
  expect(text.stdout).toMatch(/Prior\n {2}yes +mixture of 3 Gaussians .* 250 images of MNIST/);
  const { stdout } = await ngc('info', full, '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    settings: { variant: 'gncn-pdh', sizes: [784, 12, 8] },
    tensors: { W1: [12, 784], Sigma1: [12, 12] },
    training: { epoch: 3, imagesSeen: 900 },
    prior: true,
    checkpoint: false,
    card: { dataset: 'mnist', trainImages: '300' },
  });
  expect(existsSync(at('plain.checkpoint.safetensors'))).toBe(true);
});

test('a prior can leave alone the images that choices are made on', async () => {
  const fitted = async (...more: string[]) => {
    const out = at('held-prior.safetensors');
    const few = ['--limit', '1000', '--components', '2', '--covariance', 'diagonal'];
    expect(await ngc('prior', '--model', plain, ...data, ...few, ...more, '--out', out, '--force')).toMatchObject({ status: 0 }); // prettier-ignore
    return tensorsAt(out).metadata['prior'] ?? (await ngc('info', out)).stdout;
  };
  expect(await fitted()).toContain('300 images');
  expect(await fitted('--hold-out')).toContain('270 images');
});

describe('imagining', () => {
  const PICTURES = 3;
  const N = 5;
  const input = at('half.safetensors');
  const seenHalf = (i: number) => (i % 28 < 14 ? 1 : 0);
  const images = async () => {
    const { test: held } = await loadDatasetFromDir('mnist', dir);
    return imagesOf(held, Uint32Array.of(0, 1, 2)).read(0, PICTURES);
  };
  const imagined = async (...more: string[]) => {
    const said = await ngc(
      ...['complete', '--model', full, '--input', input, '--out', at('imagined.safetensors')],
      ...['--how', 'imagine', ...more],
    );
    expect(said).toMatchObject({ status: 0, stderr: '' });
    return tensorsAt(at('imagined.safetensors')).tensors;
  };
  beforeAll(async () => {
    const x = await images();
    const shape = [PICTURES, 784];
    const mask = Float32Array.from(x, (_, i) => seenHalf(i % 784));
    const tensors = new Map(Object.entries({ x: { shape, data: x }, mask: { shape, data: mask } }));
    writeFileSync(input, writeSafetensors(tensors, {}));
  });

  test('writes N wholes of every picture, the best first, and their mean', async () => {
    const tensors = await imagined('--count', String(N), '--seed', '7');
    expect([...tensors.keys()].sort()).toEqual(['mean', 'seen', 'x']);
    const { x, seen, mean: means } = Object.fromEntries(tensors) as Record<string, FloatArray>;
    expect([x!.shape, seen!.shape, means!.shape]).toEqual([[PICTURES, N, 784], [PICTURES, N], [PICTURES, 784]]); // prettier-ignore
    const given = await images();
    for (let row = 0; row < PICTURES; row++) {
      const nats = [...seen!.data.subarray(row * N, (row + 1) * N)];
      expect(nats).toEqual(nats.toSorted((a, b) => b - a));
      for (let n = 0; n < N; n++) {
        const picture = x!.data.subarray((row * N + n) * 784, (row * N + n + 1) * 784);
        picture.forEach((v, i) => seenHalf(i) === 1 && expect(v).toBe(given[row * 784 + i]));
      }
      const weights = nats.map((value) => Math.exp(value - nats[0]!));
      const total = weights.reduce((a, b) => a + b);
      for (let i = 0; i < 784; i += 5) {
        const sum = weights.reduce((m, w, n) => m + w * x!.data[(row * N + n) * 784 + i]!, 0);
        expect(means!.data[row * 784 + i]).toBeCloseTo(sum / total, 4);
      }
    }
    // The same seed imagines the same; another, and another picture, something else.
    expect((await imagined('--count', String(N), '--seed', '7')).get('x')).toEqual(x);
    expect((await imagined('--count', String(N), '--seed', '8')).get('x')).not.toEqual(x);
    expect((await imagined()).get('seen')!.shape).toEqual([PICTURES, 16]);
  });

  test('eval measures the mean, and says so', async () => {
    const args = ['--model', full, ...data, '--limit', String(PICTURES), '--measures', 'mmse'];
    const result = await json(...args, '--how', 'imagine', '--count', String(N), '--seed', '7');
    expect(result).toMatchObject({ how: 'imagine', imaginings: N });
    const means = (await imagined('--count', String(N), '--seed', '7')).get('mean')!.data;
    const error = (await images()).reduce(
      (sum, v, i) => sum + (1 - seenHalf(i % 784)) * (v - means[i]!) ** 2,
      0,
    );
    expect(result['mmse']).toBeCloseTo(error / PICTURES, 3);
    const { stdout } = await ngc('eval', ...args, '--how', 'imagine', '--count', '2');
    expect(stdout).toContain('filled in by imagine, the mean of 2');
  });

  test('without a prior it says how to get one', async () => {
    const args = ['--model', plain, ...data, '--measures', 'mmse', '--how', 'imagine'];
    const { status, stderr } = await ngc('eval', ...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^ngc: --model \S+plain\.safetensors holds no prior.*ngc prior/);
  });
});
