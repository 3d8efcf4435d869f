import { firstOf, heldOutOf, loadDataset } from '../../src/cli/datasets.ts';
import { startNumerics } from '../../src/cli/backend.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { imagesOf } from '../../src/data/dataset.ts';
import { measureReconstruction } from '../../src/engine/measures/reconstruction.ts';
import type { ModelConfig } from '../../src/ngc/config/settings.ts';
import { NgcImageModel } from '../../src/ngc/imageModel.ts';
import { Model } from '../../src/ngc/model.ts';
import type { Executor } from '../../src/ngc/settling.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import { pageConfig } from '../../src/runtime/recipes.ts';
import { Trainer } from '../../src/runtime/trainer.ts';

/*
 * Images a second that the page's recipe learns, beside what it was before there was short settling and before there were kernels of our
 * own. All learn the same images of one seed, by turns of a few batches in one run, so that what else the machine does meets all alike;
 * what counts is the time that the processor gave this thread.
 *
 *   npx tsx tests/long/recipe.ts [--images 10000] [--data-dir DIR]
 */

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const IMAGES = Number(option('images') ?? 10_000);
/** Batches a turn. */
const TURN = 5;
const MEASURED = 1000;

/** One way to train, and how long its turns took. */
class Way {
  readonly seconds: number[] = [];
  private constructor(
    readonly name: string,
    private readonly model: NgcImageModel,
    private readonly trainer: Trainer,
  ) {}

  static async of(name: string, changes: Partial<ModelConfig>, executor: Executor, data: Dataset) {
    const model = new NgcImageModel(
      await Model.create(pageConfig('gncn-pdh', changes), 1),
      executor,
    );
    return new Way(name, model, new Trainer(model, data.train, 1));
  }

  async turn(): Promise<void> {
    const { user, system } = process.cpuUsage();
    for (let i = 0; i < TURN; i++) await this.trainer.step();
    await this.trainer.drain();
    const now = process.cpuUsage();
    this.seconds.push((now.user - user + now.system - system) / 1e6);
  }

  get done(): boolean {
    return this.trainer.begun >= IMAGES;
  }

  /** Images a second of each turn. */
  get rates(): readonly number[] {
    return this.seconds.map((seconds) => (TURN * this.model.config.batch) / seconds);
  }

  async bce({ test }: Dataset): Promise<number> {
    const images = imagesOf(firstOf(test, MEASURED));
    return (await measureReconstruction(this.model, images, { batch: 100 })).bce;
  }
}

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
const quantile = (values: readonly number[], q: number) => sorted(values)[Math.floor(q * (values.length - 1))]!; // prettier-ignore
const spread = (values: readonly number[], digits: number) =>
  `${quantile(values, 0.5).toFixed(digits)} (${quantile(values, 0.1).toFixed(digits)}–${quantile(values, 0.9).toFixed(digits)})`;

const say = (line: string) => process.stdout.write(`${line}\n`);

const backend = await startNumerics('wasm', 1);
const data = heldOutOf(await loadDataset('mnist', option('data-dir')));
const { steps } = pageConfig('gncn-pdh');
const own = backend.executor;
const ways = [
  await Way.of(`op by op, learns from ${steps} steps`, { learnSteps: 0 }, opByOp, data),
  await Way.of(`own kernels, learns from ${steps} steps`, { learnSteps: 0 }, own, data),
  await Way.of(`own kernels, the page's recipe`, {}, own, data),
];
while (!ways[0]!.done) for (const way of ways) await way.turn();

const [first] = ways;
say(`GNCN-PDH, ${IMAGES} images, ${backend.adapter}; read after ${steps} steps`);
for (const way of ways) {
  const ratios = way.rates.map((rate, i) => rate / first!.rates[i]!);
  const bce = await way.bce(data);
  say(
    `${way.name}: ${spread(way.rates, 0)} images/s, ${spread(ratios, 2)} times the first; validation BCE ${bce.toFixed(2)}`,
  );
}
process.exit(0);
