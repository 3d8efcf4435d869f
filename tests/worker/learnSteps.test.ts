import { beforeEach, expect, test, vi } from 'vitest';

import type { Request, Results } from '../../src/protocol/messages.ts';
import type { Have, Snapshot } from '../../src/protocol/snapshot.ts';
import { Session } from '../../src/worker/session.ts';

/* On the page a batch of training ends after a T of its own, a drawing after that of reading. */

const NOTHING: Have = { episode: 0, frames: 0, run: 0, points: 0 };
const SETTINGS = { sizes: [784, 12, 12], steps: 6, learnSteps: 3, batch: 20 };

let session: Session;
const ask = <R extends Request>(request: R) =>
  session.handle(request) as Promise<Results[R['type']]>;

async function until(said: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
  return vi.waitFor(
    async () => {
      const snapshot = await ask({ type: 'pull', have: NOTHING });
      if (!said(snapshot)) throw new Error('not yet');
      return snapshot;
    },
    { timeout: 20_000, interval: 5 },
  );
}

beforeEach(async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new Error('no network in tests')));
  session = new Session();
  await ask({ type: 'start', backend: 'cpu', base: 'http://localhost/' });
  await ask({ type: 'selectDataset', dataset: 'synthetic' });
  await ask({ type: 'selectModel', variant: 'gncn-pdh', weights: 'own', seed: 1, settings: SETTINGS }); // prettier-ignore
});

test('a drawing settles for the T of reading', async () => {
  const pixels = Float32Array.from({ length: 784 }, (_, i) => (i % 3 === 0 ? 1 : 0));
  await ask({ type: 'setInput', pixels, mask: null, input: 1 });
  await ask({ type: 'settle' });
  const { episode } = await until(({ activity, episode }) => activity === 'idle' && episode !== null); // prettier-ignore
  expect(episode).toMatchObject({ kind: 'input', steps: 6, stepOf: [0, 1, 2, 3, 4, 5, 6] });
});

test('a batch is learnt from after its own, and says so', async () => {
  await ask({ type: 'setSpeed', stepsPerSecond: 10 });
  await ask({ type: 'startTraining' });
  const { episode } = await until(({ episode }) => (episode?.stepOf.length ?? 0) > 3);
  await ask({ type: 'pause' });
  expect(episode).toMatchObject({ kind: 'training', steps: 3, stepOf: [0, 1, 2, 3] });
});
