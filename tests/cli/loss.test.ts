import { expect, test } from 'vitest';

import { computesWith, Spare, whyOf } from '../../src/cli/loss.ts';
import type { Backend } from '../../src/runtime/backends.ts';
import { lossOf } from '../../src/runtime/loss.ts';
import { NgcError } from '../../src/shared/errors.ts';

/* A device that is lost in the middle of a training: what was learnt before is kept, and one sentence says so. */

const WORDS =
  "Failed to execute 'mapAsync' on 'GPUBuffer': A valid external Instance reference no longer exists.";

/** A device, and what loses it. */
function device() {
  let lose: (why: string) => void = () => undefined;
  const lost = new Promise<string>((resolve) => (lose = (why) => resolve(lossOf(why))));
  computesWith({ name: 'webgpu', lost } as Backend);
  return { lose };
}

/** Copies that are numbered, made every time that it is asked for one. */
function copies() {
  let time = 0;
  let made = 0;
  const written: Uint8Array[] = [];
  const spare = new Spare(
    () => Promise.resolve(Uint8Array.of(++made)),
    (bytes) => {
      written.push(bytes);
      return Promise.resolve('It is kept.');
    },
    () => time,
  );
  return { spare, written, pass: (seconds: number) => void (time += 1000 * seconds) };
}

test('whatever words it fails in, before or after the news of it, they become one sentence', async () => {
  const { lose } = device();
  const early = whyOf(new Error(WORDS));
  lose('GPU connection lost.');
  const sentence = 'The graphics device was lost (GPU connection lost).';
  for (const why of [
    await early,
    await whyOf(new Error('numbers')),
    await whyOf(new NgcError('diverged', 'NaN.')),
  ])
    // prettier-ignore
    expect(why).toMatchObject({ kind: 'backend', message: sentence });
  const clear = new NgcError('file', 'There is no such file.');
  expect(await whyOf(clear)).toBe(clear);
});

test('an error on a device that lives stays what it is', async () => {
  device();
  const error = new Error('a bug');
  expect(await whyOf(error)).toBe(error);
});

test('the newest copy is written, and the sentence says where the run goes on', async () => {
  const { lose } = device();
  const { spare, written, pass } = copies();
  expect(spare.due).toBe(false);
  for (let i = 0; i < 2; i++) {
    pass(11);
    expect(spare.due).toBe(true);
    await spare.keep();
    expect(spare.due).toBe(false);
  }
  const work = spare.guard(() => {
    lose('');
    return Promise.reject(new Error(WORDS));
  });
  await expect(work).rejects.toMatchObject({
    kind: 'backend',
    message: 'The graphics device was lost. It is kept.',
  });
  expect(written).toEqual([Uint8Array.of(2)]);
});

test('a copy that is older than what lies on the disk is not written over it', async () => {
  const { lose } = device();
  const { spare, written } = copies();
  await spare.keep();
  spare.forget();
  lose('');
  await expect(spare.guard(() => Promise.reject(new Error(WORDS)))).rejects.toMatchObject({
    message: 'The graphics device was lost.',
  });
  expect(written).toEqual([]);
});

test('nothing is copied where nothing can be lost', () => {
  computesWith({ name: 'wasm', lost: new Promise(() => undefined) } as unknown as Backend);
  const { spare, pass } = copies();
  pass(100);
  expect(spare.due).toBe(false);
});
