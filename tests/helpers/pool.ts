import { opByOp } from '../../src/ngc/opByOp.ts';
import { Model } from '../../src/ngc/model.ts';
import { precisionsOf } from '../../src/ngc/parameters.ts';
import type { Link } from '../../src/pool/member.ts';
import type { ToMember } from '../../src/pool/messages.ts';
import { serve } from '../../src/pool/service.ts';

/** A member in this thread, on this thread's backend: quick, and its tensors are counted here. */
export interface LocalMember extends Link {
  /** The types of all orders it was given, in order. */
  readonly orders: string[];
  /** The names of the synapses it was given, an entry an order. */
  readonly given: string[][];
  /** Called before an order reaches the member; true loses the order and ends the member. */
  dies: (order: ToMember['order']) => boolean;
}

/** Starts one; messages pass through a channel, so that arrays are handed over as to a real thread. */
export function localMember(
  start: Parameters<typeof serve>[1] = () => Promise.resolve(opByOp),
): LocalMember {
  const { port1, port2 } = new MessageChannel();
  void serve(
    {
      post: (message, transfer) => port2.postMessage(message, transfer),
      listen(onMessage) {
        port2.onmessage = (event: MessageEvent<ToMember>) => onMessage(event.data);
      },
    },
    start,
  );
  let end: (why: string) => void = () => undefined;
  const member: LocalMember = {
    orders: [],
    given: [],
    dies: () => false,
    post(message, transfer) {
      const { order } = message;
      member.orders.push(order.type);
      if (order.type === 'hold') member.given.push(order.synapses.map(([name]) => name));
      if (member.dies(order)) queueMicrotask(() => end('a test'));
      else port1.postMessage(message, transfer);
    },
    listen(onMessage, onEnd) {
      port1.onmessage = (event: MessageEvent<unknown>) => onMessage(event.data);
      end = onEnd;
    },
    close: () => port1.close(),
  };
  return member;
}

/** A copy of a model for another executor to settle; precisions as they are, not computed anew. */
export async function copyOf(model: Model): Promise<Model> {
  const copy = await Model.fromArrays(model.config, await model.toArrays());
  for (const { name } of precisionsOf(model.config))
    copy.synapses.set(name, model.synapses.get(name).clone());
  return copy;
}
