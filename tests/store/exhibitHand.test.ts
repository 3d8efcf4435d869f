import { beforeEach, expect, test } from 'vitest';
import { ON_SHOW } from '../../src/protocol/exhibits.ts';
import type { Dragged } from '../../src/store/exhibitHand.ts';
import { createHand } from '../../src/store/exhibitHand.ts';

const act = (name: string, value: number): Dragged => ({
  ...{ type: 'act', slot: ON_SHOW, act: { name, values: [value] } },
});
const change = (mean: number): Dragged => ({ type: 'change', slot: ON_SHOW, values: { mean } });

let sent: Dragged[];
let answer: () => Promise<void>;
let hand: ReturnType<typeof createHand>;
beforeEach(() => {
  sent = [];
  let done: () => void = () => undefined;
  hand = createHand((one) => {
    sent.push(one);
    return new Promise<void>((resolve) => (done = resolve));
  });
  answer = async () => {
    done();
    for (let i = 0; i < 3; i++) await Promise.resolve();
  };
});

test('what the hand does is sent one after the other, and only the newest of a drag waits', async () => {
  for (const one of [act('pull', 1), act('pull', 2), act('pull', 3), change(1), change(2), act('let go', 0), act('pull', 4)]) hand.drags(one); // prettier-ignore
  expect(sent).toEqual([act('pull', 1)]);
  for (let i = 0; i < 5; i++) await answer();
  expect(sent).toEqual([act('pull', 1), act('pull', 3), change(2), act('let go', 0), act('pull', 4)]); // prettier-ignore
});

test('what waits is sent at once where something else is asked for next', () => {
  for (const one of [change(1), change(2), act('pull', 1)]) hand.drags(one);
  hand.flush();
  expect(sent).toEqual([change(1), change(2), act('pull', 1)]);
});

test('what concerned something that is gone is not sent', async () => {
  for (const one of [change(1), change(2)]) hand.drags(one);
  hand.forget();
  await answer();
  hand.drags(change(3));
  expect(sent).toEqual([change(1), change(3)]);
});
