import { onTestFinished } from 'vitest';

import type { ExhibitsClient } from '../../src/client/client.ts';
import { RequestError } from '../../src/client/client.ts';
import type { Programs } from '../../src/demonstrations/demonstrations.ts';
import { PROGRAMS } from '../../src/demonstrations/demonstrations.ts';
import type { ExhibitsRequest } from '../../src/protocol/exhibits.ts';
import { messageOf, NgcError } from '../../src/shared/errors.ts';
import { ExhibitsSession } from '../../src/worker/exhibits/session.ts';

/** The hall's real session without a worker around it, without numerics and data: `programs` say what runs. */
export function fakeHall(programs: Programs = PROGRAMS): {
  readonly client: ExhibitsClient;
  /** What it was asked so far, pulls left out. */
  readonly asked: readonly ExhibitsRequest[];
  die(sentence: string): void;
} {
  const session = new ExhibitsSession({
    programs,
    numerics: () => Promise.reject(new Error('no numerics here')),
    data: () => Promise.reject(new NgcError('data', 'No images here.')),
    clothes: () => Promise.resolve(null),
  });
  const asked: ExhibitsRequest[] = [];
  // Other files run in this process, some with clocks that stand still: nothing runs on.
  onTestFinished(() => {
    const opened = new Set(asked.flatMap((it) => (it.type === 'open' ? [it.slot] : [])));
    for (const slot of opened) session.handle({ type: 'close', slot }).catch(() => undefined);
  });
  let listener: (sentence: string) => void = () => undefined;
  const client: ExhibitsClient = {
    async request(request) {
      if (request.type !== 'pull') asked.push(request);
      try {
        return structuredClone(await session.handle(structuredClone(request))) as never;
      } catch (error) {
        throw new RequestError(error instanceof NgcError ? error.kind : 'bug', messageOf(error));
      }
    },
    onFailure: (next) => void (listener = next),
    close: () => undefined,
  };
  return { client, asked, die: (sentence) => listener(sentence) };
}
