import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { pageConfig } from '../../src/runtime/recipes.ts';
import { folderShelf } from '../../src/storage/folder.ts';
import { Elsewhere } from '../../src/worker/elsewhere.ts';
import { Autosaver, EVERY_MS } from '../../src/worker/runs/autosave.ts';
import { RunShelf } from '../../src/worker/runs/runShelf.ts';
import { TrainingDriver } from '../../src/worker/trainingDriver.ts';
import { TrainingRun } from '../../src/worker/trainingRun.ts';
import { Workbench } from '../../src/worker/workbench.ts';

/*
 * What keeping a training costs: one training at the page's settings, turns of a few batches with which it is kept on a disk and turns
 * without in turn. What is counted is the time that the processor gave the process, writing included, so that what else the machine does
 * counts little; turns are short, so that a slow minute is in both. What it costs to keep once, by the page's shortest pause from one time to
 * the next, is the share. NGC_PAIRS says how many turns are compared; a longer measurement is a better one.
 */
vi.mock('../../src/runtime/browserHost.ts', async () => ({
  browserHost: (await import('../../src/runtime/nodeHost.ts')).nodeHost,
}));

const PAIRS = Number(process.env['NGC_PAIRS'] ?? 60);
/** Batches of a turn: writing ends within them. */
const BATCHES = 3;
const MOST = 0.02;

const busy = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const folder = mkdtempSync(join(tmpdir(), 'ngc-autosave-'));
const shelf = folderShelf(folder);
const bench = new Workbench(
  () => Promise.resolve(shelf),
  () => Promise.resolve(shelf),
  new Elsewhere(),
);
/** Keeps when it is told to. */
class Told extends Autosaver {
  isDue = false;
  override get due(): boolean {
    const due = this.isDue;
    this.isDue = false;
    return due;
  }
}
const autosaver = new Told(new RunShelf(() => Promise.resolve(shelf)), (sentence) =>
  expect.unreachable(sentence),
);
const { networks, datasets, recorder, pace } = bench;
const driver = new TrainingDriver(networks, datasets, recorder, pace, autosaver, () => undefined);

/** Trains so many batches, kept once or not, and finishes what is being written; how busy that kept the processor (ms). */
async function turn(batches: number, keeping: boolean): Promise<number> {
  autosaver.isDue = keeping;
  const before = busy();
  const end = (driver.run?.updates ?? 0) + batches;
  while ((driver.run?.updates ?? 0) < end) await driver.advance(() => true);
  await autosaver.settled();
  return busy() - before;
}

beforeAll(async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new Error('no network in tests')));
  await bench.start({ backend: 'wasm', base: 'http://localhost/', alone: true });
  await datasets.select('synthetic');
  const settings = pageConfig('gncn-pdh');
  await networks.select({ variant: 'gncn-pdh', weights: 'own', seed: 1, settings });
  driver.resume();
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a training that is kept costs at most 2 % more than one that is not', async () => {
  // Until curves, moments and measurements are those of a training under way; they are none of its cost.
  await turn(12, false);
  for (const what of ['measurementDue', 'momentDue'] as const)
    vi.spyOn(TrainingRun.prototype, what, 'get').mockReturnValue(false);
  const costs: number[] = [];
  const plain: number[] = [];
  let before = await turn(BATCHES, false);
  for (let pair = 1; pair <= PAIRS; pair++) {
    const keptAt = driver.run?.kept?.imagesSeen ?? 0;
    const keeping = await turn(BATCHES, true);
    expect(driver.run?.kept?.imagesSeen).toBeGreaterThan(keptAt);
    const after = await turn(BATCHES, false);
    costs.push(keeping - (before + after) / 2);
    plain.push(after / BATCHES);
    before = after;
  }
  const at = (values: readonly number[], share: number) =>
    values.toSorted((a, b) => a - b)[Math.round(share * (values.length - 1))]!;
  const said = [0.5, 0.25, 0.75].map((share) => {
    const cost = at(costs, share);
    return `${cost.toFixed(0)} ms (${((100 * cost) / EVERY_MS).toFixed(2)} %)`;
  });
  process.stdout.write(
    `To keep a training once costs ${said[0]!} of every ${EVERY_MS / 1000} s (median of ${PAIRS}; half of them ${said[1]!} to ${said[2]!}); a batch ${at(plain, 0.5).toFixed(0)} ms; its file has ${((driver.run?.kept?.bytes ?? 0) / 1e6).toFixed(1)} MB\n`,
  );
  expect(at(costs, 0.5) / EVERY_MS).toBeLessThan(MOST);
});
