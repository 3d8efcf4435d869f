import type { LabClient } from '../../src/client/client.ts';
import { RequestError } from '../../src/client/client.ts';
import { messageOf, NgcError } from '../../src/shared/errors.ts';
import { memoryShelf } from '../../src/storage/memory.ts';
import type { Shelf } from '../../src/storage/shelf.ts';
import type { Runner, Side } from '../../src/worker/labSession.ts';
import { LabSession } from '../../src/worker/labSession.ts';

/** The Lab's real session without a worker around it, and without numerics: `runner` says what becomes of cells. Once it has died it answers nothing. */
export function fakeLab(
  runner: Runner = () => Promise.resolve(),
  shelf: Shelf = { ...memoryShelf(), place: 'a test' },
  side: Side | null = null,
): { readonly client: LabClient; die(sentence: string): void } {
  const session = new LabSession({
    shelf: () => Promise.resolve(shelf),
    runner: () => Promise.resolve(runner),
    side: () => (side ? Promise.resolve(side) : Promise.reject(new Error('no side'))),
  });
  let listener: (sentence: string) => void = () => undefined;
  let end: (error: RequestError) => void = () => undefined;
  const ended = new Promise<never>((_, reject) => (end = reject));
  ended.catch(() => undefined); // most never die
  const client = {
    async request(request: unknown) {
      try {
        return (await Promise.race([session.handle(structuredClone(request)), ended])) as never;
      } catch (error) {
        if (error instanceof RequestError) throw error;
        throw new RequestError(error instanceof NgcError ? error.kind : 'bug', messageOf(error));
      }
    },
    onFailure: (next: (sentence: string) => void) => void (listener = next),
    close: () => undefined,
  };
  return {
    client,
    die(sentence) {
      end(new RequestError('bug', sentence));
      listener(sentence);
    },
  };
}
