import { expect, test } from 'vitest';
import { ExhibitsSession } from '../../src/worker/exhibits/session.ts';
import { PROGRAMS } from '../../src/demonstrations/demonstrations.ts';

test('an exhibit keeps its arrays when what it shows is handed over', async () => {
  const session = new ExhibitsSession({
    programs: PROGRAMS,
    numerics: () => Promise.reject(new Error('no numerics here')),
    data: () => Promise.reject(new Error('no images here')),
    clothes: () => Promise.resolve(null),
  });
  const open = { slot: 0, exhibit: 'two-gaussians', values: {}, seed: 1, base: 'http://test/' };
  await session.handle({ type: 'open', ...open, backend: 'auto' });
  const look = async (): Promise<Float32Array> => {
    const told = await session.handle({ type: 'pull', slots: [{ slot: 0, have: 0 }] });
    const shown = told?.slots[0]?.frame?.shown as { readonly at: Float32Array } | undefined;
    if (shown) return shown.at;
    await new Promise((soon) => setTimeout(soon));
    return look();
  };
  const first = await look();
  const values = [...first];
  structuredClone(first, { transfer: [first.buffer] }); // as the port does
  expect(first).toHaveLength(0);
  expect([...(await look())]).toEqual(values);
});
