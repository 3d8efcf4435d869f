import { describe, expect, test } from 'vitest';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import {
  ask,
  pull,
  idle,
  episodeNow,
  draw,
  frameAt,
  select,
  STEPS,
  useDrawingSession,
} from '../helpers/drawingSession.ts';

useDrawingSession();

describe('reports', () => {
  const matrix = async (name: string) => {
    const { rows, columns, values } = await ask({ type: 'synapses', name });
    return { rows, columns, at: (i: number, j: number) => values[i * columns + j]! };
  };

  test('a neuron’s rows and columns are those of the matrices', async () => {
    await draw();
    await ask({ type: 'weightUpdate', of: 'input' }); // covariances away from the identity
    const report = await ask({ type: 'neuron', layer: 2, index: 5 });
    const [W2, W3, E2, M2, P2, V2] = await Promise.all(['W2', 'W3', 'E2', 'M2', 'P2', 'V2'].map(matrix)); // prettier-ignore
    expect([...report.sends]).toEqual(Array.from({ length: 12 }, (_, i) => W2!.at(5, i)));
    expect([...report.receives!]).toEqual(Array.from({ length: 6 }, (_, i) => W3!.at(i, 5)));
    expect([...report.errorSynapses!]).toEqual(Array.from({ length: 12 }, (_, i) => E2!.at(i, 5)));
    expect([...report.sendsFar!]).toEqual(Array.from({ length: 784 }, (_, i) => M2!.at(5, i)));
    expect([...report.precision!]).toEqual(Array.from({ length: 12 }, (_, i) => P2!.at(i, 5)));
    expect(report.receivesFar).toBeNull();
    expect(report.rivals!.map(({ index }) => index)).toEqual([4, 5, 6, 7]);
    for (const { index, strength } of report.rivals!) {
      expect(strength).toBeCloseTo(index === 5 ? -0.15 : 0.4, 6);
      expect(V2!.at(index, 5)).toBe(strength);
    }
    const { values, pixels } = await ask({ type: 'fields', layer: 2 });
    report.field.forEach((v, i) => expect(v).toBeCloseTo(values[5 * pixels + i]!, 5));
    expect(report.version).toBe((await pull()).weightsVersion);
    // Layer 1 is predicted from layer 3 through M3.
    const first = await ask({ type: 'neuron', layer: 1, index: 0 });
    const M3 = await matrix('M3');
    expect([...first.receivesFar!]).toEqual(Array.from({ length: 6 }, (_, i) => M3.at(i, 0)));
    expect(first.sendsFar).toBeNull();
  });

  test('what a network does not have is null or refused', async () => {
    await select('gncn-t1-sigma');
    const report = await ask({ type: 'neuron', layer: 3, index: 0 });
    expect(report).toMatchObject({ errorSynapses: null, sendsFar: null, receives: null, rivals: null, precision: null }); // prettier-ignore
    await expect(ask({ type: 'neuron', layer: 4, index: 0 })).rejects.toThrow(/layers are 1 to 3/);
    await expect(ask({ type: 'neuron', layer: 1, index: 12 })).rejects.toThrow(/neurons 0 to 11/);
    for (const name of ['M2', 'E1', 'V1', 'P3', 'P9', 'W4', 'nonsense'])
      await expect(ask({ type: 'synapses', name })).rejects.toThrow(new RegExp(`no ${name}`));
  });

  const active = (values: ArrayLike<number>) =>
    Array.from(values).filter((v) => v > 1e-6).length / values.length;

  test('without competition more neurons are active, and nothing on show changes', async () => {
    await select('gncn-pdh', { lateralInhibition: 1, laplace: 0 });
    await draw();
    await ask({ type: 'settle' });
    await idle();
    const episode = await episodeNow();
    const cut = { ...NO_LESIONS, lateral: true };
    const report = await ask({ type: 'settleBeside', lesions: cut, steps: STEPS });
    const share = report.active.at(-1)![0]!;
    expect(share).toBeCloseTo(active(report.activity[0]!.subarray(-12)), 6);
    expect(share).toBeGreaterThan(active(frameAt(episode, -1)((f) => f.states[0]!)));
    expect(await episodeNow()).toEqual(episode);
    const beyond = { ...NO_LESIONS, layers: [9] };
    await expect(ask({ type: 'settleBeside', lesions: beyond, steps: 1 })).rejects.toThrow(/no layer 9/); // prettier-ignore
  });

  test.each([
    ['whole', false, 'silent'],
    ['half hidden', true, 'silent'],
    ['half hidden, as in the paper', true, 'eq19'],
  ] as const)(
    'beside a cut network the intact one is told step by step, of a drawing %s',
    async (_, masked, how) => {
      await ask({ type: 'setCompletion', how });
      await draw(7, masked);
      await ask({ type: 'settle' });
      await idle();
      const intact = await episodeNow();
      // Now cut from the start: the twin is what the intact episode was.
      await draw(6, masked);
      await draw(7, masked);
      await ask({ type: 'setLesions', lesions: { ...NO_LESIONS, topDown: true, lateral: true } });
      await ask({ type: 'settle' });
      await idle();
      const cut = await episodeNow();
      const twin = await ask({ type: 'settleBeside', lesions: NO_LESIONS, steps: STEPS });
      const pixels = (episode: typeof cut, step: number) =>
        frameAt(episode, step)((f) => (masked ? f.input : f.predictions[0]!));
      for (let step = 0; step <= STEPS; step++) {
        const at = [...twin.pictures.subarray(step * 784, (step + 1) * 784)];
        expect(at).toEqual(pixels(intact, step));
        expect(twin.active[step]).toEqual(frameAt(intact, step)((f) => f.active));
        const layer = twin.activity[2]!.subarray(step * 6, (step + 1) * 6);
        expect([...layer]).toEqual(frameAt(intact, step)((f) => f.states[2]!));
      }
      expect([...twin.pictures.subarray(-784)]).not.toEqual(pixels(cut, STEPS));
    },
  );
});
