import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { beforeAll, expect, test } from 'vitest';

import type { ModelConfig } from '../../src/ngc/config/settings.ts';
import { VARIANTS } from '../../src/ngc/config/variants.ts';
import { measureReconstruction } from '../../src/engine/measures/reconstruction.ts';
import { discrepancies } from '../../src/engine/measures/discrepancy.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import { mixtureFromTensors } from '../../src/engine/prior/store.ts';
import { loadSynthetic } from '../../src/data/synthetic.ts';
import { imagesOf } from '../../src/data/dataset.ts';
import { generative } from '../../src/engine/model.ts';
import { openModel } from '../../src/models/files.ts';
import { useBackend } from '../helpers/backends.ts';

/*
 * The pretrained networks that lie beside the page: each opens, is what its card says, brings a prior, and knows
 * handwriting when it sees it.
 */
const path = (file: string) =>
  fileURLToPath(new URL(`../../public/models/${file}`, import.meta.url));
const json = (file: string): unknown => JSON.parse(readFileSync(path(file), 'utf8'));
const { models } = json('index.json') as { models: { variant: string; file: string }[] };

/** What these tests read of a card. */
interface Card {
  readonly settings: ModelConfig;
  readonly measured: { readonly bce: number };
  readonly paper: { readonly bce: number };
  readonly discrepancy: Readonly<
    Record<'p5' | 'p25' | 'p50' | 'p75' | 'p95' | 'blank' | 'mean', number>
  >;
}

beforeAll(() => useBackend('wasm'));

const networks = models.filter(({ variant }) => VARIANTS.some((name) => name === variant));
const autoencoders = models.filter((model) => !networks.includes(model));

test('there is one of every variant that settles, and of every autoencoder of Table 1', () => {
  expect(networks.map(({ variant }) => variant)).toEqual([...VARIANTS]);
  expect(autoencoders.map(({ variant }) => variant)).toEqual(['rae', 'gvae-cv', 'gvae', 'gan-ae']);
});

/** Opens a model, holds it against its card and its prior, and measures how it reconstructs drawn digits. */
async function shipped({ variant, file }: (typeof models)[number], size: number) {
  const { model: opened, prior } = await openModel(readFileSync(path(file)), file, opByOp);
  const model = generative(opened, 'be measured');
  const card = json(`${variant}.json`) as Card;
  expect(model.config).toEqual(card.settings);
  expect(model.config.variant).toBe(variant);
  expect(mixtureFromTensors(prior!)).toMatchObject({ components: 75, size });
  // Drawn digits are not MNIST's; a network that learnt nothing stands at 784·log 2 = 543 nats.
  const digits = await loadSynthetic({ trainCount: 10, testCount: 40 });
  const { bce } = await measureReconstruction(model, imagesOf(digits.test));
  return { model, card, bce };
}

test.each(autoencoders)('$variant', async (one) => {
  const { model, card, bce } = await shipped(one, 20);
  expect(bce).toBeLessThan(2.5 * card.measured.bce);
  model.dispose();
});

test.each(networks)('$variant', async (one) => {
  const { model, card, bce } = await shipped(one, 360);
  expect(bce).toBeLessThan(110);
  expect(card.measured.bce).toBeLessThan(card.paper.bce);
  // ψ of an image is its log-likelihood less what the hidden layers' errors cost.
  const { p5, p25, p50, p75, p95, blank, mean } = card.discrepancy;
  expect([p5, p25, p50, p75, p95, blank]).toEqual([p5, p25, p50, p75, p95, blank].sort((a, b) => a - b)); // prettier-ignore
  expect(Math.abs(mean + card.measured.bce)).toBeLessThan(15);
  const { pixels } = model;
  const empty = { count: 1, read: () => new Float32Array(pixels) };
  expect((await discrepancies(model, empty))[0]).toBeCloseTo(blank, 1);
  model.dispose();
});
