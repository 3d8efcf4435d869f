import { describe, expect, test } from 'vitest';
import { PIXELS } from '../../src/store/occlusion.ts';
import type { Side } from '../../src/worker/labSession.ts';
import { fakeLab } from '../fakes/lab.ts';
import { started, useFakeEngine, wait } from '../helpers/openPage.ts';

useFakeEngine();

/** Two models that answer with how much ink they saw; the first look waits until it is let. */
function slowSide() {
  const asked: string[] = [];
  let go: () => void = () => undefined;
  const first = new Promise<void>((resolve) => (go = resolve));
  const side: Side = {
    models: ['a', 'b'].map((id) => ({ id, title: id, dataset: 'MNIST', own: false })),
    async look({ model, pixels, mask, rule }) {
      const ink = pixels.reduce((sum, value) => sum + value, 0);
      asked.push(`${model} ${ink} ${mask === null ? 'whole' : rule}`);
      if (asked.length === 1) await first;
      if (model === 'b') throw new Error('b cannot.');
      return { picture: pixels, how: mask && rule, squaredError: ink, milliseconds: 1 };
    },
    draw: ({ count }) => Promise.resolve({ count, pictures: new Float32Array(count * PIXELS) }),
  };
  return { side, asked, go };
}
const ink = (count: number) => Float32Array.from({ length: PIXELS }, (_, i) => (i < count ? 1 : 0));

describe('side by side', () => {
  test('a newer drawing is looked at by all; what was left of the one before is not', async () => {
    const { side, asked, go } = slowSide();
    const app = await started({ spawnLab: () => fakeLab(undefined, undefined, side).client });
    app.actions.setPixels(ink(1));
    app.actions.lookAll();
    await wait();
    app.actions.setPixels(ink(2));
    app.actions.lookAll();
    go();
    await wait();
    expect(asked).toEqual(['a 1 best', 'a 2 best', 'b 2 best']);
    const { sideLooks, sideLooking } = app.store.getState();
    expect(sideLooks['a']).toMatchObject({ squaredError: 2 });
    expect(sideLooks['b']).toEqual({ refused: 'b cannot.' });
    expect(sideLooking).toBe(false);
  });

  test('reconstructing hides nothing; the rule is the one that was chosen', async () => {
    const { side, asked, go } = slowSide();
    go();
    const app = await started({ spawnLab: () => fakeLab(undefined, undefined, side).client });
    app.actions.setPixels(ink(1));
    app.actions.setSideRule('paper');
    await wait();
    app.actions.setSideTask('reconstruct');
    await wait();
    expect(asked.filter((one) => one.startsWith('a'))).toEqual(['a 1 paper', 'a 1 whole']);
  });

  test('an empty canvas is shown to nobody', async () => {
    const { side, asked } = slowSide();
    const app = await started({ spawnLab: () => fakeLab(undefined, undefined, side).client });
    app.actions.clear();
    app.actions.lookAll();
    await wait();
    expect(asked).toEqual([]);
  });
});
