import { expect, test } from 'vitest';
import type { Act } from '../../src/exhibits/frame.ts';
import { inOrder } from '../../src/store/exhibitActs.ts';

const act = (name: string, value: number): Act => ({ name, values: [value] });

test('what the hand does is sent one after the other, and only the newest of a drag waits', async () => {
  const sent: Act[] = [];
  let done: () => void = () => undefined;
  const send = inOrder((one) => {
    sent.push(one);
    return new Promise<void>((resolve) => (done = resolve));
  });
  for (const one of [act('pull', 1), act('pull', 2), act('pull', 3), act('let go', 0), act('pull', 4)]) send(one); // prettier-ignore
  for (let i = 0; i < 5; i++) {
    done();
    await Promise.resolve();
    await Promise.resolve();
  }
  expect(sent).toEqual([act('pull', 1), act('pull', 3), act('let go', 0), act('pull', 4)]);
});
