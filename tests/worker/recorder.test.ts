import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';

import { OpByOpSettling } from '../../src/ngc/opByOp.ts';
import { Recorder } from '../../src/worker/recorder.ts';
import { useBackend } from '../helpers/backends.ts';
import { binaryImages, smallModel } from '../helpers/models.ts';

beforeAll(() => useBackend('cpu'));

const NOTHING = { episode: -1, frames: 0, run: -1, points: 0 };
const about = { kind: 'training', version: 1 } as const;

test('an episode stays on show until the next has something to show', async () => {
  const model = await smallModel('gncn-pdh');
  const x = binaryImages(2, 12);
  const settling = new OpByOpSettling(model, x);
  const recorder = new Recorder();
  const first = recorder.begin(about, model);
  expect(recorder.since(NOTHING)).toBeNull();
  await recorder.record(model, settling, null);
  const shown = recorder.since(NOTHING);
  expect(shown).toMatchObject({ id: first, stepOf: [0] });

  const second = recorder.begin(about, model);
  expect(recorder.holds(first)).toBe(false);
  expect(recorder.holds(second)).toBe(true);
  expect(recorder.since(NOTHING)).toEqual(shown);
  const recording = recorder.record(model, settling, null);
  expect(recorder.since(NOTHING)).toEqual(shown);
  await recording;
  expect(recorder.since(NOTHING)).toMatchObject({ id: second, stepOf: [0], next: 1 });

  // What another episode overtakes is not shown at all.
  recorder.begin(about, model);
  const late = recorder.record(model, settling, null);
  const last = recorder.begin(about, model);
  expect(await late).toBeNull();
  expect(recorder.since(NOTHING)).toMatchObject({ id: second });
  recorder.tell({ steps: 7 });
  await recorder.record(model, settling, null);
  expect(recorder.since(NOTHING)).toMatchObject({ id: last, steps: 7 });

  recorder.clear();
  expect(recorder.since(NOTHING)).toBeNull();
  expect(recorder.holds(last)).toBe(false);
  settling.dispose();
  model.dispose();
  tf.dispose(x);
});
