import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { pageConfig } from '../../src/runtime/recipes.ts';
import { folderShelf } from '../../src/storage/folder.ts';
import { Elsewhere } from '../../src/worker/elsewhere.ts';
import { Autosaver } from '../../src/worker/runs/autosave.ts';
import { RunShelf } from '../../src/worker/runs/runShelf.ts';
import { TrainingDriver } from '../../src/worker/trainingDriver.ts';
import { TrainingRun } from '../../src/worker/trainingRun.ts';
import { Workbench } from '../../src/worker/workbench.ts';

/*
 * What keeping a training costs: one training at the page's settings, kept on a disk and not kept in turn. What is counted is the time
 * that the processor gave the process, writing included, so that what else the machine does does not count; by that clock it is also decided
 * when it is time to keep. NGC_PAIRS says how many turns are compared; a longer measurement is a better one.
 */
vi.mock('../../src/runtime/browserHost.ts', async () => ({
  browserHost: (await import('../../src/runtime/nodeHost.ts')).nodeHost,
}));

const PAIRS = Number(process.env['NGC_PAIRS'] ?? 15);
/** As long as the page trains before it keeps again (ms): every turn with keeping keeps once. */
const TURN_MS = 5_000;
const MOST = 1.02;

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
/** Keeps, or does not. */
class Switched extends Autosaver {
  isOn = false;
  override get due(): boolean {
    return this.isOn && super.due;
  }
}
const autosaver = new Switched(
  new RunShelf(() => Promise.resolve(shelf)),
  (sentence) => expect.unreachable(sentence),
  busy,
);
const { networks, datasets, recorder, pace } = bench;
const driver = new TrainingDriver(networks, datasets, recorder, pace, autosaver, () => undefined);

/** Trains so many batches, and finishes what is being written; how busy that kept the processor (ms). */
async function turn(batches: number, keeping: boolean): Promise<number> {
  autosaver.isOn = keeping;
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
  const batches = Math.ceil((3 * TURN_MS) / (await turn(3, false)));
  const ratios: number[] = [];
  let before = await turn(batches, false);
  for (let pair = 1; pair <= PAIRS; pair++) {
    const keptAt = driver.run?.kept?.imagesSeen ?? 0;
    const keeping = await turn(batches, true);
    expect(driver.run?.kept?.imagesSeen).toBeGreaterThan(keptAt);
    const after = await turn(batches, false);
    ratios.push((2 * keeping) / (before + after));
    before = after;
  }
  ratios.sort((a, b) => a - b);
  const at = (share: number) => ratios[Math.round(share * (ratios.length - 1))]!;
  const percent = (ratio: number) => `${(100 * (ratio - 1)).toFixed(2)} %`;
  process.stdout.write(
    `Keeping a training costs ${percent(at(0.5))} (median of ${PAIRS} turns of ${batches} batches between two without; half of them ${percent(at(0.25))} to ${percent(at(0.75))}); its file has ${((driver.run?.kept?.bytes ?? 0) / 1e6).toFixed(1)} MB\n`,
  );
  expect(at(0.5)).toBeLessThan(MOST);
});
