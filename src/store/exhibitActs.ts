import type { Act } from '../exhibits/frame.ts';

/**
 * Sends what a hand does, one after the other; where the hand is faster, of acts of one name that follow each other only the newest
 * waits.
 */
export function inOrder(send: (act: Act) => Promise<unknown>): (act: Act) => void {
  const waiting: Act[] = [];
  let isSending = false;
  const drain = async () => {
    isSending = true;
    for (let next = waiting.shift(); next; next = waiting.shift()) await send(next);
    isSending = false;
  };
  return (act) => {
    if (waiting.at(-1)?.name === act.name) waiting.pop();
    waiting.push(act);
    if (!isSending) void drain();
  };
}
