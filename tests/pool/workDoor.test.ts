import { expect, test } from 'vitest';

import { defaultConfig } from '../../src/ngc/config/parse.ts';
import { checkOrder } from '../../src/pool/door.ts';

/* What a member is asked to do in shared memory is looked at before it is done. */

const matrix = { at: 64, rows: 3, cols: 5, stride: 64 };
const neurons = {
  ...{ rows: 3, scratch: 128, mask: matrix },
  ...{ z: [matrix], phi: [matrix], mu: [matrix], e: [matrix] },
  ...{ mismatch: [matrix], rivals: [matrix], up: [matrix], alive: [matrix] },
};
const layout = {
  config: defaultConfig('gncn-pdh'),
  matrices: [['W1', matrix]],
  packings: [['W1', { at: 64, rows: 3, cols: 5 }]],
};
const work = (task: unknown, where: unknown = layout) =>
  checkOrder({ type: 'work', model: 1, layout: where, task });

test('a piece of work, and memory, are let in', () => {
  expect(work({ type: 'tell', neurons })).toMatchObject({ task: { type: 'tell', neurons } });
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });
  const module = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
  const kernels = { module, title: 'SIMD' };
  expect(checkOrder({ type: 'share', model: 1, kernels, memory })).toMatchObject({ memory });
});

test.each([
  [{ type: 'dream', neurons }, layout, /The type of/],
  [{ type: 'tell' }, layout, /neurons must be an object/],
  [{ type: 'tell', neurons: { ...neurons, rows: -3 } }, layout, /rows must be a whole number/],
  [{ type: 'tell', neurons: { ...neurons, z: [{ ...matrix, at: 0.5 }] } }, layout, /at must be a/],
  [{ type: 'tell', neurons }, { ...layout, matrices: [['W1', {}]] }, /at must be a whole number/],
  [{ type: 'learn', neurons, names: ['W1'], room: { packed: [1] } }, layout, /must be/],
])('%j is refused', (task, where, why) => {
  expect(() => work(task, where)).toThrow(why);
});

test('what is no memory is refused', () => {
  expect(() => checkOrder({ type: 'share', model: 1, kernels: {}, memory: {} })).toThrow(/must be/);
});
