import type { ExhibitsRequestOf } from '../protocol/exhibits.ts';

/** What a hand that drags asks for many times a second. */
export type Dragged = ExhibitsRequestOf<'change'> | ExhibitsRequestOf<'act'>;

/**
 * Sends what a hand drags in the order in which it did, one after the other; where the hand is faster than the exhibit, of
 * those of one kind that follow each other only the newest waits. `send` never rejects.
 */
export function createHand(send: (dragged: Dragged) => Promise<unknown>) {
  const waiting: Dragged[] = [];
  let isSending = false;
  const drain = async () => {
    isSending = true;
    for (let next = waiting.shift(); next; next = waiting.shift()) await send(next);
    isSending = false;
  };
  return {
    drags(dragged: Dragged): void {
      const last = waiting.at(-1);
      if (last && kindOf(last) === kindOf(dragged)) waiting.pop();
      waiting.push(dragged);
      if (!isSending) void drain();
    },
    /** Sends at once what waits: whatever is asked for next comes after it. */
    flush(): void {
      for (const dragged of waiting.splice(0)) void send(dragged);
    },
    /** What waits concerned something that is gone. */
    forget(): void {
      waiting.length = 0;
    },
  };
}

const kindOf = (dragged: Dragged): string =>
  dragged.type === 'act' ? `act ${dragged.act.name}` : dragged.type;
