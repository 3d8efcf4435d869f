import { COMPLETIONS } from '../ngc/completion.ts';
import type { Circumstances } from '../ngc/steering.ts';
import type { Check } from '../shared/checks.ts';
import { floatArray, instance, list, number, oneOf, orNull, plain, record, text, whole, yesOrNo } from '../shared/checks.ts'; // prettier-ignore
import { ERROR_KINDS, NgcError } from '../shared/errors.ts';
import type { KernelModule } from '../wasm/kernels.ts';
import type { Answers, Failure, FromMember, Order, OrderType, PlainActivity,
  PlainTerms, RowsReport } from './messages.ts'; // prettier-ignore
import { config, LAYERS, lesions } from './settingsDoor.ts';
import { checkLayout, checkTask } from './workDoor.ts';

/*
 * The doors of a pool: what comes in at a member, and at its owner, is checked before it is believed.
 */

const counted = whole(0, Number.MAX_SAFE_INTEGER);
const matrix = floatArray(2);
const matrices = list(matrix, LAYERS);
/** A tuple of a name and a matrix. */
const named: Check<readonly [string, ReturnType<typeof matrix>]> = (value, what) => {
  const [name, array, ...rest] = list<unknown>((one) => one, 2)(value, what);
  if (rest.length > 0) throw new NgcError('usage', `${what} must be a name and a matrix.`);
  return [text(20)(name, what), matrix(array, what)];
};
const synapses = list(named, 1000);
const circumstances: Check<Circumstances> = (value, what) => {
  const { lesions: cut, enduring } = plain(value, what);
  return {
    ...(cut !== undefined && { lesions: orNull(lesions)(cut, `${what}: lesions`) }),
    ...(enduring !== undefined && { enduring: yesOrNo(enduring, `${what}: enduring`) }),
  };
};

const kernels = record<KernelModule>({
  module: instance(WebAssembly.Module, 'a module'),
  title: oneOf(['relaxed SIMD', 'SIMD']),
});

type OrderOf<T extends OrderType> = Omit<Extract<Order, { type: T }>, 'type'>;
const layer = whole(0, LAYERS);
const model = counted;
const episode = counted;
const ORDERS: { readonly [T in OrderType]: Check<OrderOf<T>> } = {
  hold: record<OrderOf<'hold'>>({ model, config, synapses }),
  share: record<OrderOf<'share'>>({
    model,
    kernels,
    memory: instance(WebAssembly.Memory, 'memory'),
  }),
  work: record<OrderOf<'work'>>({ model, layout: checkLayout, task: checkTask }),
  drop: record<OrderOf<'drop'>>({ model }),
  begin: record<OrderOf<'begin'>>({
    ...{ episode, model, config, circumstances },
    how: oneOf(COMPLETIONS),
    states: orNull(matrices),
    x: matrix,
    mask: orNull(matrix),
  }),
  lesion: record<OrderOf<'lesion'>>({ episode, lesions: orNull(lesions) }),
  perceive: record<OrderOf<'perceive'>>({ episode, x: matrix, mask: orNull(matrix) }),
  advance: record<OrderOf<'advance'>>({ episode, config, count: whole(0, 1_000_000) }),
  read: record<OrderOf<'read'>>({ episode, rows: whole(1, 1_000_000) }),
  terms: record<OrderOf<'terms'>>({ episode, config }),
  sum: record<OrderOf<'sum'>>({ episode }),
  follow: record<OrderOf<'follow'>>({ model, layer, target: matrix }),
  end: record<OrderOf<'end'>>({ episode }),
  memory: record<object>({}),
};

/** An order that has come in. Throws a usage or config error where it is none. */
export function checkOrder(value: unknown): Order {
  const { type, ...fields } = plain(value, 'An order');
  const known = oneOf(Object.keys(ORDERS) as OrderType[])(type, 'The type of an order');
  return { type: known, ...ORDERS[known](fields, known) } as Order;
}

const anyNumber: Check<number> = (value, what) =>
  typeof value === 'number' ? value : number(-Infinity, Infinity)(value, what);
const nothing: Check<null> = (value, what) => orNull(oneOf([]))(value, what);
const term = orNull(matrix);
const summary: Check<RowsReport['summary']> = (value, what) => {
  plain(value, what);
  return value as RowsReport['summary'];
};
/** What comes of work is made by the kernels, as a summary is. */
const outcome: Check<Answers['work']> = (value, what) => {
  if (value !== null && !Array.isArray(value)) plain(value, what);
  return value as Answers['work'];
};
const ANSWERS: { readonly [T in OrderType]: Check<Answers[T]> } = {
  work: outcome,
  ...{
    hold: nothing,
    share: nothing,
    drop: nothing,
    begin: nothing,
    lesion: nothing,
    perceive: nothing,
  },
  ...{ advance: nothing, end: nothing },
  read: record<PlainActivity>({ z: matrices, phiZ: matrices, mu: matrices, e: matrices }),
  terms: list(record<PlainTerms>({ bottomUp: term, topDown: term, lateral: term, prior: term, leak: term }), LAYERS), // prettier-ignore
  sum: record<RowsReport>({ rows: counted, finite: yesOrNo, summary, sums: synapses }),
  follow: record<Answers['follow']>({ precision: matrix, residual: anyNumber }),
  memory: counted,
};

/** What answers an order of a type. Throws a usage error where it does not. */
export function checkAnswer<T extends OrderType>(type: T, value: unknown): Answers[T] {
  return ANSWERS[type](value, `The answer to ${type}`);
}

const failure = record<Failure>({
  kind: oneOf([...ERROR_KINDS, 'bug'] as const),
  message: text(10_000),
});

/** A message of a member; null where it is none. What a done order is answered with is still to be checked. */
export function messageFrom(value: unknown): FromMember | null {
  try {
    const given = plain(value, 'A message');
    switch (given['type']) {
      case 'ready':
        return { type: 'ready' };
      case 'said':
        return { type: 'said', sentence: text(10_000)(given['sentence'], 'sentence') };
      case 'unable':
        return { type: 'unable', message: text(10_000)(given['message'], 'message') };
      case 'done':
        return { type: 'done', id: counted(given['id'], 'id'), answer: given['answer'] as never };
      case 'failed':
        return { type: 'failed', id: counted(given['id'], 'id'), failure: failure(given['failure'], 'failure') }; // prettier-ignore
      default:
        return null;
    }
  } catch {
    return null;
  }
}
