import { VARIANTS } from '../../src/ngc/config/variants.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import type { Executor } from '../../src/ngc/settling.ts';
import { ownExecutor } from '../../src/wasm/executor.ts';
import { useBackend } from './backends.ts';
import { binaryImages, smallModel } from './models.ts';
import { ownModule } from './ownKernels.ts';

/*
 * A program: settles and learns by the kernels that this Node takes and op by op, and prints as JSON which those are and how far apart
 * what comes of it is.
 */

/** States, errors and synapses after a batch. */
async function numbersOf(executor: Executor, variant: (typeof VARIANTS)[number], rows: number) {
  const model = await smallModel(variant, { optimizer: 'sgd', learningRate: 0.1 });
  const x = binaryImages(rows, 12);
  const settling = await executor.begin(model, x);
  await settling.advance(12);
  const { z, e } = await settling.read();
  const tensors = Object.entries({ ...named('z', z), ...named('e', e) });
  const numbers = await Promise.all(
    tensors.map(async ([name, tensor]) => [name, [...(await tensor.data())]] as const),
  );
  await settling.learn();
  const learnt = await Promise.all(
    model.parameters.map(
      async ({ name }) => [name, [...(await model.synapses.get(name).data())]] as const,
    ),
  );
  settling.dispose();
  x.dispose();
  model.dispose();
  return new Map([...numbers, ...learnt]);
}

const named = <T>(family: string, values: readonly T[]): Record<string, T> =>
  Object.fromEntries(values.map((value, l) => [`${family}${l}`, value]));

await useBackend('wasm');
const module = await ownModule();
const own = ownExecutor(module);
const gaps: Record<string, number> = {};
for (const variant of VARIANTS)
  for (const rows of [1, 7]) {
    const want = await numbersOf(opByOp, variant, rows);
    for (const [name, got] of await numbersOf(own, variant, rows)) {
      const apart = got.map((value, i) => Math.abs(value - want.get(name)![i]!));
      gaps[`${variant}, ${rows} rows: ${name}`] = Math.max(...apart);
    }
  }
process.stdout.write(JSON.stringify({ title: module.title, gaps }));
