import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { until } from '../helpers/until.ts';

import { VARIATIONS, withVariations } from '../../src/data/variations.ts';
import type { Request, Results } from '../../src/protocol/messages.ts';
import { memoryShelf } from '../../src/storage/memory.ts';
import type { Shelf } from '../../src/storage/shelf.ts';
import { DrawingShelf } from '../../src/worker/data/drawingShelf.ts';
import { Session } from '../../src/worker/session.ts';

/*
 * A person's own data, driven as the page does: images that are looked at before they are used, drawings and images that are kept.
 */

let runs: Shelf;
let data: Shelf;
let session: Session;
const asking =
  (one: Session) =>
  <R extends Request>(request: R) =>
    one.handle(request) as Promise<Results[R['type']]>;
const ask = <R extends Request>(request: R) => asking(session)(request);

async function opened(): Promise<Session> {
  const one = new Session(
    () => Promise.resolve({ ...runs, claim: memoryShelf().claim }),
    () => Promise.resolve(data),
  );
  await asking(one)({ type: 'start', backend: 'cpu', base: 'http://localhost/' });
  await asking(one)({ type: 'selectDataset', dataset: 'synthetic' });
  return one;
}

beforeAll(() => vi.stubGlobal('fetch', () => Promise.reject(new Error('no network in tests'))));
beforeEach(async () => {
  runs = memoryShelf();
  data = memoryShelf();
  session = await opened();
});

/** A bar at a place: every `at` another drawing. */
function bar(at: number): Float32Array {
  return Float32Array.from({ length: 784 }, (_, i) => (Math.abs((i % 28) - at) < 2 && i > 84 && i < 700 ? 1 : 0)); // prettier-ignore
}
const add = (at: number, label = '1', one = session) =>
  asking(one)({ type: 'addDrawing', pixels: bar(at), label });

describe('drawings', () => {
  test('are there after a reload, with their labels, in the order in which they were drawn', async () => {
    await add(5, '7');
    await add(9, '  my   cat ');
    const later = await opened();
    const { drawings } = await asking(later)({ type: 'drawings' });
    expect(drawings.map(({ label }) => label)).toEqual(['7', 'my cat']);
    expect(drawings[0]!.pixels).toEqual(Uint8Array.from(bar(5), (value) => 255 * value));
    expect((await asking(later)({ type: 'data' })).drawings).toBe(2);
  });

  test('of one moment keep their order', async () => {
    vi.spyOn(Date, 'now').mockReturnValue(Date.now());
    for (const at of [3, 5, 7, 9, 11]) await add(at, String(at));
    vi.restoreAllMocks();
    const { drawings } = await ask({ type: 'drawings' });
    expect(drawings.map(({ label }) => label)).toEqual(['3', '5', '7', '9', '11']);
  });

  test('of two pages at once are all kept', async () => {
    const other = await opened();
    await Promise.all([3, 5, 7, 9].flatMap((at) => [add(at), add(at + 1, '2', other)]));
    expect((await ask({ type: 'drawings' })).drawings).toHaveLength(8);
  });

  test('that are the same, or blank, or have no label are refused in a sentence', async () => {
    await add(5, '7');
    await expect(add(5, '3')).rejects.toThrow('This drawing is among yours already, as “7”.');
    const blank = new Float32Array(784);
    await expect(ask({ type: 'addDrawing', pixels: blank, label: '1' })).rejects.toThrow(/empty/);
    await expect(add(6, '  ')).rejects.toThrow(/label/);
    expect((await ask({ type: 'drawings' })).drawings).toHaveLength(1);
  });

  test('can be deleted, and brought back where they were', async () => {
    await add(5, '7');
    const { drawings } = await add(9, '3');
    const before = await ask({ type: 'drawings' });
    expect((await ask({ type: 'removeDrawing', id: drawings[0]!.id })).drawings.map(({ label }) => label)).toEqual(['3']); // prettier-ignore
    expect(await ask({ type: 'restoreDrawing' })).toEqual(before);
    await expect(ask({ type: 'restoreDrawing' })).rejects.toThrow(/no drawing/);
  });

  test('whose file is broken are left out, the others are there', async () => {
    await add(5, '7');
    await data.write('drawings/broken.json', new TextEncoder().encode('{"version":1,'));
    await data.write('drawings/short.json', new TextEncoder().encode('{"version":1,"label":"1","drawn":"x","pixels":"00"}')); // prettier-ignore
    expect((await ask({ type: 'drawings' })).drawings.map(({ label }) => label)).toEqual(['7']);
  });

  test('are a dataset once there are enough: a sixth of each label is for testing', async () => {
    for (let at = 3; at < 8; at++) await add(at);
    await expect(ask({ type: 'selectDataset', dataset: 'drawings' })).rejects.toThrow(
      '5 drawings are too few to learn from: 6 are needed at least.',
    );
    for (let at = 8; at < 15; at++) await add(at, '10');
    const report = await ask({ type: 'selectDataset', dataset: 'drawings' });
    expect(report).toMatchObject({
      ...{ dataset: 'drawings', title: 'My drawings', trainImages: 10, testImages: 2 },
      classNames: ['1', '10'],
    });
    const { split } = await ask({ type: 'drawings' });
    expect(split).toEqual({ train: 9, validation: 1, test: 2 });
  });

  test('a network learns from them, and its training is gone on with after a reload', async () => {
    for (let at = 3; at < 15; at++) await add(at);
    await ask({ type: 'selectDataset', dataset: 'drawings' });
    await ask({ type: 'selectModel', variant: 'gncn-pdh', weights: 'own', seed: 1, settings: { sizes: [784, 12, 12], steps: 6, batch: 4 } }); // prettier-ignore
    for (let update = 0; update < 6; update++) await ask({ type: 'weightUpdate', of: 'training' });
    const pull = (one: Session) =>
      asking(one)({ type: 'pull', have: { episode: 0, frames: 0, run: -1, points: 0 } });
    const { training, autosave } = await pull(session);
    // 9 to learn from: batches of 4, 4 and 1.
    expect(training).toMatchObject({ epoch: 2, imagesSeen: 18, imagesPerEpoch: 9 });
    const { id } = await until(async () => {
      expect((await pull(session)).autosave.card?.imagesSeen).toBe(18);
      return (await pull(session)).autosave.card!;
    });
    expect(autosave).toBeDefined();
    const later = await opened();
    expect((await asking(later)({ type: 'goOn', id })).dataset.dataset).toBe('drawings');
    // One more drawing, and they are others.
    const third = await opened();
    await add(20, '1', third);
    await expect(asking(third)({ type: 'goOn', id })).rejects.toThrow(/your drawings are others now/); // prettier-ignore
  });

  test('what is measured and tested on is no variation of what is learnt from', async () => {
    const shelf = new DrawingShelf(() => Promise.resolve(data));
    for (let at = 3; at < 25; at++) await add(at, String(at % 3));
    const plain = await shelf.dataset(false);
    const varied = await shelf.dataset(true);
    // Before anything is held out nothing is varied; the training and testing parts are the same.
    expect(varied.train.pixels).toEqual(plain.train.pixels);
    expect(varied.test.pixels).toEqual(plain.test.pixels);
    expect([varied.varied, varied.title]).toEqual([true, 'My drawings, shifted and turned']);
    await ask({ type: 'selectDataset', dataset: 'drawings', vary: true });
    await ask({ type: 'selectModel', variant: 'gncn-pdh', weights: 'own', seed: 1, settings: { sizes: [784, 4, 4], steps: 2 } }); // prettier-ignore
    await ask({ type: 'weightUpdate', of: 'training' });
    const { training } = await ask({ type: 'pull', have: { episode: 0, frames: 0, run: -1, points: 0 } }); // prettier-ignore
    const rest = plain.train.count - Math.floor(plain.train.count / 10);
    expect(training!.imagesPerEpoch).toBe(rest * (1 + VARIATIONS));
  });
});

describe('variations', () => {
  const pixels = Uint8Array.from({ length: 2 * 784 }, (_, i) => {
    const [x, y] = [i % 28, Math.floor((i % 784) / 28)];
    return x >= 12 && x < 16 && y >= 4 && y < 24 ? 255 : 0;
  });
  const split = { count: 2, pixels, labels: Uint8Array.of(3, 5) };

  test('come after what they are of, with its label, and follow from the seed', () => {
    const varied = withVariations(split, 1);
    expect(varied.count).toBe(2 * (1 + VARIATIONS));
    expect(varied.pixels.subarray(0, 2 * 784)).toEqual(pixels);
    expect([...varied.labels!]).toEqual([3, 5, ...Array<number>(VARIATIONS).fill(3), ...Array<number>(VARIATIONS).fill(5)]); // prettier-ignore
    expect(withVariations(split, 1).pixels).toEqual(varied.pixels);
    expect(withVariations(split, 2).pixels).not.toEqual(varied.pixels);
  });

  test('are small: as much ink, its middle moved by two pixels at most, turned by twelve degrees at most', () => {
    const varied = withVariations(split, 1);
    const moments = (i: number) => {
      const picture = varied.pixels.subarray(i * 784, (i + 1) * 784);
      let [mass, x, y] = [0, 0, 0];
      picture.forEach((value, p) => {
        mass += value;
        x += value * (p % 28);
        y += value * Math.floor(p / 28);
      });
      [x, y] = [x / mass, y / mass];
      let [xx, xy, yy] = [0, 0, 0];
      picture.forEach((value, p) => {
        const [dx, dy] = [(p % 28) - x, Math.floor(p / 28) - y];
        xx += value * dx * dx;
        xy += value * dx * dy;
        yy += value * dy * dy;
      });
      return { mass, x, y, angle: (0.5 * Math.atan2(-2 * xy, yy - xx) * 180) / Math.PI };
    };
    const before = moments(0);
    const angles: number[] = [];
    for (let i = 2; i < varied.count; i++) {
      const after = moments(i);
      expect(after.mass / before.mass).toBeCloseTo(1, 1);
      expect(Math.abs(after.x - before.x)).toBeLessThan(2.1);
      expect(Math.abs(after.y - before.y)).toBeLessThan(2.1);
      expect(Math.abs(after.angle)).toBeLessThan(12.5);
      angles.push(after.angle);
    }
    expect(Math.max(...angles) - Math.min(...angles)).toBeGreaterThan(10);
  });
});

describe('images that are opened', () => {
  const table = (rows: number, name = 'mine.csv') =>
    new File([Array.from({ length: rows }, (_, k) => [k % 2, ...Array.from({ length: 784 }, (_, i) => ((i + k) % 28 < 9 ? 220 : 20))].join()).join('\n')], name); // prettier-ignore
  const AS_IT_IS = { threshold: null, invert: false, centre: false };

  test('are looked at first: the dataset stays until they are used', async () => {
    const report = await ask({ type: 'stageImages', files: [table(24)] });
    expect(report).toMatchObject({
      ...{ title: 'mine.csv', count: 24, labelsFrom: 'column', seed: 1, usual: AS_IT_IS },
      ...{ train: 18, validation: 2, test: 4 },
      classes: [
        { name: '0', count: 12 },
        { name: '1', count: 12 },
      ],
    });
    const { staged } = report;
    const plain = await ask({ type: 'lookAtImages', staged, change: AS_IT_IS });
    expect([plain.pixels.length, plain.blank, plain.full]).toEqual([20 * 784, 0, 0]);
    const inverted = await ask({ type: 'lookAtImages', staged, change: { ...AS_IT_IS, invert: true } }); // prettier-ignore
    expect(inverted.pixels).toEqual(plain.pixels.map((byte) => 255 - byte));
    const blank = await ask({ type: 'lookAtImages', staged, change: { ...AS_IT_IS, threshold: 0.95 } }); // prettier-ignore
    expect(blank.blank).toBe(20);
    const now = () => ask({ type: 'pull', have: { episode: 0, frames: 0, run: -1, points: 0 } });
    expect((await now()).dataset!.dataset).toBe('synthetic');
    await ask({ type: 'letImagesGo' });
    await expect(ask({ type: 'useImages', staged, change: AS_IT_IS, keep: false })).rejects.toThrow(/let go/); // prettier-ignore
    expect((await now()).dataset!.dataset).toBe('synthetic');
  });

  test('are used as they were changed, and said so', async () => {
    const { staged } = await ask({ type: 'stageImages', files: [table(24)] });
    const change = { threshold: 0.4, invert: true, centre: false };
    const report = await ask({ type: 'useImages', staged, change, keep: false });
    expect(report).toMatchObject({ title: 'mine.csv, inverted, ink above 40 %', own: null });
    expect([report.trainImages, report.testImages]).toEqual([20, 4]);
    const { pixels } = await ask({ type: 'example' });
    // Inverted: 9 columns of ink are 9 of paper.
    expect(pixels.filter((value) => value === 0)).toHaveLength(9 * 28);
  });

  test('that are kept are there after a reload, can be used, deleted and brought back', async () => {
    const { staged } = await ask({ type: 'stageImages', files: [table(24)] });
    const used = await ask({ type: 'useImages', staged, change: AS_IT_IS, keep: true });
    const later = await opened();
    const { own, lasting } = await asking(later)({ type: 'data' });
    expect([own.length, lasting]).toEqual([1, false]);
    expect(own[0]).toMatchObject({ id: used.own, title: 'mine.csv', images: 24, classes: 2 });
    const id = own[0]!.id;
    expect(await asking(later)({ type: 'openOwnSet', id })).toEqual(used);
    expect((await asking(later)({ type: 'removeOwnSet', id })).own).toEqual([]);
    await expect(asking(later)({ type: 'openOwnSet', id })).rejects.toThrow(/not here any more/);
    expect((await asking(later)({ type: 'restoreOwnSet' })).own).toEqual(own);
    expect(await asking(later)({ type: 'openOwnSet', id })).toEqual(used);
  });

  test('whose kept file is broken are refused in a sentence', async () => {
    const { staged } = await ask({ type: 'stageImages', files: [table(24)] });
    const { own } = await ask({ type: 'useImages', staged, change: AS_IT_IS, keep: true });
    const name = `sets/${own!}.images`;
    const bytes = (await data.read(name))!;
    for (const broken of [
      bytes.subarray(0, 2),
      bytes.subarray(0, bytes.length - 5),
      bytes.subarray(9),
    ]) {
      await data.write(name, broken);
      await expect(ask({ type: 'openOwnSet', id: own! })).rejects.toMatchObject({ kind: 'file' });
    }
  });

  test('that are nonsense leave everything as it was', async () => {
    const file = new File(['label,a,b,c,d\n1,2,3,x,5'], 'bad.csv');
    await expect(ask({ type: 'stageImages', files: [file] })).rejects.toThrow('bad.csv: row 2, column 4 (c) is "x"'); // prettier-ignore
    await expect(ask({ type: 'stageImages', files: [table(2), new File(['x'], 'note.txt')] })).rejects.toThrow(/by themselves/); // prettier-ignore
  });

  test('a training on kept images is gone on with after a reload: they are found by themselves', async () => {
    const { staged } = await ask({ type: 'stageImages', files: [table(24)] });
    await ask({ type: 'useImages', staged, change: AS_IT_IS, keep: true });
    await ask({ type: 'selectModel', variant: 'gncn-pdh', weights: 'own', seed: 1, settings: { sizes: [784, 12, 12], steps: 6, batch: 4 } }); // prettier-ignore
    await ask({ type: 'weightUpdate', of: 'training' });
    const { id } = await until(async () => {
      const { autosave } = await ask({ type: 'pull', have: { episode: 0, frames: 0, run: -1, points: 0 } }); // prettier-ignore
      expect(autosave.card?.imagesSeen).toBe(4);
      return autosave.card!;
    });
    const later = await opened();
    expect((await asking(later)({ type: 'goOn', id })).dataset.title).toBe('mine.csv');
  });
});
