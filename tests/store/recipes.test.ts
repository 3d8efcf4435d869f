import { beforeEach, expect, it } from 'vitest';

import { recipeInForce } from '../../src/store/recipes.ts';
import { engine, hash, setHash, started, useFakeEngine, wait } from '../helpers/openPage.ts';

useFakeEngine();

const QUICK = {
  optimizer: 'sgd',
  learningRate: 1.5,
  steps: 20,
  learnSteps: 8,
  batch: 100,
} as const;
const PAPER = { optimizer: 'adam', learningRate: 0.001, steps: 50, learnSteps: 0, batch: 200 };

beforeEach(() => {
  engine.recipe = QUICK;
});

type Page = Awaited<ReturnType<typeof started>>;
const inForce = ({ store }: Page) => {
  const { model, report } = store.getState();
  const offered = report!.variants.find(({ variant }) => variant === model!.config.variant);
  return recipeInForce(model!.config, offered);
};
const changes = () => engine.requests.filter(({ type }) => type === 'changeSettings');

it('takes the paper’s settings with one click, and those that are quick to learn with another', async () => {
  const page = await started();
  expect(inForce(page)).toBe('quick');
  await page.actions.takeRecipe('paper');
  expect(changes()).toEqual([{ type: 'changeSettings', settings: PAPER }]);
  expect(inForce(page)).toBe('paper');
  expect(page.store.getState().setUp.weights).toBe('own');

  // The address says it whole.
  await wait();
  for (const [key, value] of Object.entries(PAPER)) expect(hash).toContain(`${key}=${value}`);

  await page.actions.takeRecipe('quick');
  expect(changes().at(-1)).toEqual({ type: 'changeSettings', settings: QUICK });
  expect(inForce(page)).toBe('quick');
  expect(page.store.getState().overrides).toEqual({});
});

it('asks for nothing where its settings are in force, and leaves the size as it is', async () => {
  setHash('#model=gncn-pdh&sizes=784,9,9&groups=3,3');
  const page = await started();
  expect(inForce(page)).toBe('quick');
  await page.actions.takeRecipe('quick');
  expect(changes()).toEqual([]);
  await page.actions.takeRecipe('paper');
  expect(page.store.getState().model!.config).toMatchObject({ ...PAPER, sizes: [784, 9, 9] });
  expect(page.store.getState().overrides).toMatchObject({ ...PAPER, sizes: [784, 9, 9] });
});

it('is in force only as a whole', async () => {
  const page = await started();
  const { settings } = page.store.getState().report!;
  await page.actions.changeSetting(
    settings.find(({ key }) => key === 'beta')!,
    '0.3',
  );
  expect(inForce(page)).toBeNull();
});
