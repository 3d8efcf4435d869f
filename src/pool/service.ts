import * as tf from '@tensorflow/tfjs-core';

import { synapticSums } from '../ngc/equations/hebbian.ts';
import { newtonSchulz } from '../ngc/equations/precision.ts';
import { toFloatArray } from '../engine/floatArrays.ts';
import { observe } from '../ngc/summary.ts';
import { checkLesions } from '../ngc/lesions.ts';
import { Model } from '../ngc/model.ts';
import { matrixName } from '../ngc/parameters.ts';
import type { Executor, Settling } from '../ngc/settling.ts';
import { STATE_TERMS } from '../ngc/equations/states.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { messageOf, NgcError } from '../shared/errors.ts';
import type {
  Answer,
  FromMember,
  Order,
  PlainActivity,
  PlainTerms,
  RowsReport,
  Synapses,
} from './messages.ts';
import { Heap } from '../wasm/heap.ts';
import { NetworkOfOthers } from '../wasm/laid.ts';
import { perform } from '../wasm/tasks.ts';
import { messageId } from '../shared/checks.ts';
import { checkOrder } from './door.ts';
import { checkBeginning, checkInput, checkSame, checkSynapses } from './fits.ts';
import { buffersOf } from './messages.ts';
import { tensorOf } from './synapses.ts';

/** A member's way to its owner. */
export interface Port {
  post(message: FromMember, transfer: ArrayBuffer[]): void;
  /** What comes in is checked here. */
  listen(onMessage: (message: unknown) => void): void;
}

/** An answer, and its arrays, which are handed over. */
interface Done {
  readonly answer: Answer;
  readonly arrays: readonly FloatArray[];
}

const NOTHING: Done = { answer: null, arrays: [] };

interface Episode {
  readonly model: Model;
  readonly settling: Settling;
}

/** The member's side: replicas of networks and episodes on its rows of their batches; or memory that it works in. */
class Service {
  private readonly models = new Map<number, Model>();
  private readonly episodes = new Map<number, Episode>();
  /** Memory that is shared, by the number of the network in it. */
  private readonly heaps = new Map<number, Heap>();

  constructor(private readonly executor: Executor) {}

  async do(order: Order): Promise<Done> {
    switch (order.type) {
      case 'hold':
        this.hold(order.model, order.config, order.synapses);
        return NOTHING;
      case 'share':
        this.heaps.set(order.model, new Heap(order.kernels, order.memory));
        return NOTHING;
      case 'work': {
        const heap = this.heaps.get(order.model);
        if (!heap) throw new NgcError('usage', 'A member works in no memory of that network.');
        const network = new NetworkOfOthers(heap, order.layout);
        return { answer: await perform(network, order.task), arrays: [] };
      }
      case 'drop':
        this.models.get(order.model)?.dispose();
        this.models.delete(order.model);
        this.heaps.delete(order.model);
        return NOTHING;
      case 'begin':
        await this.begin(order);
        return NOTHING;
      case 'lesion': {
        const { model, settling } = this.episode(order.episode);
        if (order.lesions) checkLesions(model.config.sizes, order.lesions);
        await settling.lesion(order.lesions);
        return NOTHING;
      }
      case 'perceive': {
        const { model, settling } = this.episode(order.episode);
        checkInput(settling.rows, model.config, order);
        const { x, mask } = tensorsOfInput(order);
        await settling.perceive(x, mask);
        tf.dispose(mask ? [x, mask] : x);
        return NOTHING;
      }
      case 'terms':
        return this.terms(order);
      case 'advance': {
        const { model, settling } = this.episode(order.episode);
        checkSame(model, order.config);
        model.config = order.config;
        await settling.advance(order.count);
        return NOTHING;
      }
      case 'read':
        return this.read(this.episode(order.episode), order.rows);
      case 'sum':
        return sum(this.episode(order.episode));
      case 'follow': {
        const { config, synapses } = this.model(order.model);
        checkSynapses(config, [[matrixName('P', order.layer), order.target]]);
        if (!synapses.has(matrixName('P', order.layer)))
          throw new NgcError('usage', `The network lacks P${order.layer}.`);
        const target = tensorOf(order.target);
        const followed = await newtonSchulz(synapses.get(matrixName('P', order.layer)), target);
        const precision = await toFloatArray(followed.precision);
        tf.dispose([target, followed.precision]);
        return { answer: { precision, residual: followed.residual }, arrays: [precision] };
      }
      case 'end':
        this.episodes.get(order.episode)?.settling.dispose();
        this.episodes.delete(order.episode);
        return NOTHING;
      case 'memory':
        return { answer: tf.memory().numTensors, arrays: [] };
      default:
        return order satisfies never;
    }
  }

  private model(number: number): Model {
    const model = this.models.get(number);
    if (!model) throw new NgcError('usage', `There is no network ${number} here.`);
    return model;
  }

  private episode(number: number): Episode {
    const episode = this.episodes.get(number);
    if (!episode) throw new NgcError('usage', `There is no episode ${number} here.`);
    return episode;
  }

  private hold(number: number, config: Model['config'], synapses: Synapses): void {
    checkSynapses(config, synapses);
    const model = this.models.get(number) ?? new Model(config);
    checkSame(model, config);
    this.models.set(number, model);
    for (const [name, array] of synapses) model.synapses.set(name, tensorOf(array));
  }

  private async begin(order: Extract<Order, { type: 'begin' }>): Promise<void> {
    const model = this.model(order.model);
    checkBeginning(model, order);
    this.episodes.get(order.episode)?.settling.dispose();
    model.config = order.config;
    const { x, mask } = tensorsOfInput(order);
    const states = order.states?.map(tensorOf) ?? null;
    const { circumstances, how } = order;
    try {
      const beginning = { ...circumstances, mask, how, states };
      const settling = await this.executor.begin(model, x, beginning);
      this.episodes.set(order.episode, { model, settling });
    } finally {
      if (states) tf.dispose(states);
      tf.dispose(mask ? [x, mask] : x);
    }
  }

  private async terms(order: Extract<Order, { type: 'terms' }>): Promise<Done> {
    const { model, settling } = this.episode(order.episode);
    checkSame(model, order.config);
    model.config = order.config;
    const arrays: FloatArray[] = [];
    const answer: PlainTerms[] = [];
    for (const terms of await settling.terms()) {
      const plain = { bottomUp: null, topDown: null, lateral: null, prior: null, leak: null };
      const copies: { -readonly [K in keyof PlainTerms]: FloatArray | null } = plain;
      for (const name of STATE_TERMS) {
        const tensor = terms[name];
        if (!tensor) continue;
        const copy = await toFloatArray(tensor);
        tensor.dispose();
        copies[name] = copy;
        arrays.push(copy);
      }
      answer.push(copies);
    }
    return { answer, arrays };
  }

  private async read({ settling }: Episode, rows: number): Promise<Done> {
    const activity = await settling.read(rows);
    const copies = (tensors: readonly tf.Tensor[]) => Promise.all(tensors.map(toFloatArray));
    const answer: PlainActivity = {
      z: await copies(activity.z),
      phiZ: await copies(activity.phiZ.slice(1)),
      mu: await copies(activity.mu),
      e: await copies(activity.e),
    };
    return { answer, arrays: [answer.z, answer.phiZ, answer.mu, answer.e].flat() };
  }
}

/** The rows of an order as tensors, which the caller disposes. */
function tensorsOfInput({ x, mask }: { x: FloatArray; mask: FloatArray | null }) {
  return { x: tensorOf(x), mask: mask && tensorOf(mask) };
}

/** What an episode's rows say, and what the synapses see of them. */
async function sum({ model, settling }: Episode): Promise<Done> {
  if (settling.sum) {
    const answer = await settling.sum();
    return { answer, arrays: answer.sums.map(([, array]) => array) };
  }
  const activity = await settling.read();
  const { finite, ...summary } = await observe(model, activity);
  const sums: [string, FloatArray][] = [];
  if (finite)
    for (const [name, tensor] of synapticSums(model.parameters, activity)) {
      sums.push([name, await toFloatArray(tensor)]);
      tensor.dispose();
    }
  const answer: RowsReport = { rows: settling.rows, finite, summary, sums };
  return { answer, arrays: sums.map(([, array]) => array) };
}

/**
 * Works for an owner: starts the numerics, says so, then does its orders one after the other.
 *
 * @param start starts the numerics of this thread, and says what computes; rejects where they do not start. What it tells, in a sentence for
 *   a person, the owner hears
 */
export async function serve(
  port: Port,
  start: (tell: (sentence: string) => void) => Promise<Executor>,
): Promise<void> {
  const started = start((sentence) => port.post({ type: 'said', sentence }, []));
  const service = started.then((executor) => new Service(executor));
  service.catch(() => undefined); // it is told below
  let queue: Promise<void> = Promise.resolve();
  port.listen((message) => {
    const id = messageId(message);
    if (id === null) return;
    queue = queue.then(async () => {
      try {
        const order = checkOrder((message as { order?: unknown }).order);
        const { answer, arrays } = await (await service).do(order);
        port.post({ type: 'done', id, answer }, buffersOf(arrays));
      } catch (error) {
        const kind = error instanceof NgcError ? error.kind : 'bug';
        port.post({ type: 'failed', id, failure: { kind, message: messageOf(error) } }, []);
      }
    });
  });
  try {
    await started;
    port.post({ type: 'ready' }, []);
  } catch (error) {
    port.post({ type: 'unable', message: messageOf(error) }, []);
  }
}
