import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../src/ngc/config/settings.ts';
import { DATASETS } from '../../src/protocol/reports.ts';
import { OCCLUSIONS } from '../../src/store/occlusion.ts';
import { parseSetting } from '../../src/store/settingValues.ts';
import type { SetUp } from '../../src/store/urlState.ts';
import { BUDGETS } from '../../src/experiments/experiment.ts';
import {
  DEFAULT_SETUP,
  DENSITIES,
  LARGEST_SEED,
  MODES,
  panelOf,
  PANELS,
  readHash,
  readSettings,
  THEMES,
  writeHash,
} from '../../src/store/urlState.ts';

import { NO_STOP } from '../../src/protocol/learning.ts';
import { endsByItself } from '../../src/store/stopRule.ts';
import { HALL_VIEWS } from '../../src/store/exhibitViews.ts';
import { LAB_VIEWS } from '../../src/store/labViews.ts';

const speed = fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 1000 }));
const setUps: fc.Arbitrary<SetUp> = fc.record({
  backend: fc.constantFrom('auto', 'webgpu', 'wasm', 'cpu'),
  model: fc.constantFrom('gncn-t1', 'gncn-t1-sigma', 'gncn-t2-lsigma', 'gncn-pdh'),
  weights: fc.constantFrom('auto', 'pretrained', 'own'),
  dataset: fc.constantFrom(...DATASETS),
  seed: fc.integer({ min: 0, max: LARGEST_SEED }),
  exhibitseed: fc.integer({ min: 0, max: LARGEST_SEED }),
  mode: fc.constantFrom(...MODES),
  experiment: fc.constantFrom(...LAB_VIEWS),
  budget: fc.constantFrom(...BUDGETS),
  exhibit: fc.constantFrom(...HALL_VIEWS),
  set: fc.constant({}),
  occlusion: fc.constantFrom(...OCCLUSIONS),
  completion: fc.constantFrom('silent', 'eq19'),
  speed,
  trainspeed: speed,
  stop: fc
    .record({
      epochs: fc.option(fc.integer({ min: 1, max: 10_000 })),
      minutes: fc.option(fc.double({ min: 0.1, max: 10_000, noNaN: true })),
      bce: fc.option(fc.double({ min: 0, max: 1_000, noNaN: true }).map((v) => v + 0)),
      patience: fc.option(fc.integer({ min: 1, max: 1_000 })),
    })
    .map((rule) => (endsByItself(rule) ? rule : NO_STOP)),
  panel: fc.constantFrom(...PANELS),
  density: fc.constantFrom(...DENSITIES),
  theme: fc.constantFrom(...THEMES),
});

/** As the page reads an address: what it does not say is the default. */
function read(hash: string): SetUp {
  const { setUp, refused } = readHash(hash);
  expect(refused).toEqual([]);
  const panel = panelOf(setUp.mode ?? DEFAULT_SETUP.mode);
  return { ...DEFAULT_SETUP, panel, ...setUp };
}

describe('set-up in the address', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(setUps, (setUp) => {
        expect(read(writeHash(setUp, {}))).toEqual(setUp);
      }),
    );
  });

  it('understands the address of the specification', () => {
    expect(read('#backend=wasm&model=gncn-pdh&dataset=mnist&seed=1&mode=train')).toMatchObject({
      backend: 'wasm',
      model: 'gncn-pdh',
      dataset: 'mnist',
      seed: 1,
      mode: 'train',
    });
  });

  it.each([
    ['backend', 'cuda'],
    ['model', 'transformer'],
    ['dataset', 'imagenet'],
    ['seed', '-1'],
    ['seed', '1.5'],
    ['seed', '2147483648'],
    ['seed', ''],
    ['mode', 'quiz'],
    ['experiment', 'table-9'],
    ['budget', 'huge'],
    ['occlusion', 'brush'],
    ['speed', '0'],
    ['speed', '1e9'],
    ['speed', 'Infinity'],
  ])('refuses %s=%s with a sentence that names it, and obeys the rest', (key, text) => {
    const { setUp, refused } = readHash(`#${key}=${text}&theme=dark`);
    expect(setUp).toEqual({ theme: 'dark' });
    expect(refused).toHaveLength(1);
    expect(refused[0]?.asked).toBe(`${key}=${text}`);
    expect(refused[0]?.sentence).toContain(`${key}=${text}`);
  });

  it.each([
    ['seed', '0', 0],
    ['seed', '2147483647', 2147483647],
    ['speed', '0.25', 0.25],
    ['speed', '1000', 1000],
    ['speed', 'full', null],
  ])('takes %s=%s, the last that is allowed', (key, text, value) => {
    expect(readHash(`#${key}=${text}`)).toMatchObject({ setUp: { [key]: value }, refused: [] });
  });

  it('always says what it is about, and of the rest what is not as usual', () => {
    const usual = '#model=gncn-pdh&dataset=mnist&seed=1&mode=complete&density=story';
    expect(writeHash(DEFAULT_SETUP, {})).toBe(usual);
    expect(writeHash({ ...DEFAULT_SETUP, theme: 'dark' }, {})).toBe(`${usual}&theme=dark`);
  });

  it('does not take inherited names for keys', () => {
    expect(readHash('#constructor=1&__proto__=2').setUp).toEqual({});
  });

  it('checks settings of the network by the engine’s table', () => {
    const { rest } = readHash('#beta=0.2&steps=2.5&groups=12,12,18&optimizer=adam&nonsense=1');
    const { overrides, refused } = readSettings(rest, SETTINGS);
    expect(overrides).toEqual({ beta: 0.2, groups: [12, 12, 18], optimizer: 'adam' });
    expect(refused).toHaveLength(2);
    expect(refused.map(({ asked }) => asked)).toEqual(['steps=2.5', 'nonsense=1']);
  });

  it('learns from the T that an address says, unless it says another for learning', () => {
    const asked = (text: string) => readSettings(readHash(text).rest, SETTINGS).overrides;
    expect(asked('#steps=30')).toEqual({ steps: 30, learnSteps: 0 });
    expect(asked('#learnSteps=10&steps=30')).toEqual({ steps: 30, learnSteps: 10 });
    expect(asked('#learnSteps=10')).toEqual({ learnSteps: 10 });
    expect(asked('#beta=0.2')).toEqual({ beta: 0.2 });
  });

  it('writes settings so that they read back', () => {
    const overrides = { beta: 0.05, sizes: [784, 100, 50], normAxis: 1 as const };
    const { rest } = readHash(writeHash(DEFAULT_SETUP, overrides));
    expect(readSettings(rest, SETTINGS)).toEqual({ overrides, refused: [] });
  });
});

describe('settings from text', () => {
  const setting = (key: string) => SETTINGS.find((s) => s.key === key)!;
  it.each([
    ['beta', '0.001', 0.001],
    ['beta', '1', 1],
    ['steps', '1000', 1000],
    ['normAxis', '1', 1],
  ])('%s takes %s', (key, text, value) => {
    expect(parseSetting(setting(key), text)).toEqual({ value });
  });
  it.each([
    ['beta', '1.01'],
    ['beta', ''],
    ['beta', 'much'],
    ['beta', 'NaN'],
    ['steps', '0'],
    ['sizes', '784'],
    ['sizes', '784,0'],
    ['sizes', '784,,3'],
    ['normAxis', '2'],
  ])('%s refuses “%s” and names the setting', (key, text) => {
    const parsed = parseSetting(setting(key), text);
    expect('refused' in parsed && parsed.refused).toContain(`(${key})`);
  });
});
