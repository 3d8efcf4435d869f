import type { FloatArray } from '../shared/arrays.ts';
import { NgcError, printableText } from '../shared/errors.ts';
import type { Answer, Answers, Failure, Order, ToMember } from './messages.ts';
import { checkAnswer, messageFrom } from './door.ts';
import { buffersOf } from './messages.ts';

/** The way to a member, whatever thread it lives in. */
export interface Link {
  post(message: ToMember, transfer: ArrayBuffer[]): void;
  /** @param onEnd the thread has ended by itself, or could not start; `why` is a clause for a person */
  listen(onMessage: (message: unknown) => void, onEnd: (why: string) => void): void;
  /** Whether something is awaited from it: where an idle thread must not keep the process alive. */
  awaited?(waiting: boolean): void;
  /** Ends the thread. */
  close(): void;
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

const errorOf = ({ kind, message }: Failure): Error =>
  kind === 'bug' ? new Error(message) : new NgcError(kind, message);

const UNREADABLE = 'a message from it could not be read';

/** A member of a pool, as its owner sees it. */
export class Member {
  /** Resolves when its numerics have started; rejects with a backend error where they do not. */
  readonly ready: Promise<void>;
  /** What it holds, by the number of the network: the id of the tensor each of its synapses is a copy of. */
  readonly held = new Map<number, Map<string, number>>();
  private readonly waiting = new Map<number, Waiting>();
  private next = 1;
  private ended: Error | null = null;

  /**
   * @param onLost hears that the member has ended by itself, and why
   * @param onSaid hears, in a sentence for a person, that it computes otherwise than it should
   */
  constructor(
    private readonly link: Link,
    private readonly onLost: (error: Error) => void,
    private readonly onSaid: (sentence: string) => void = () => undefined,
  ) {
    // Readiness is awaited like an answer: to order 0.
    this.ready = this.await(0).then(() => undefined);
    this.ready.catch(() => undefined); // heard by whoever awaits it; nobody may
    link.listen(
      (message) => this.hear(message),
      (why) => this.lose(why),
    );
  }

  /**
   * Gives an order. Rejects as the member does, or with a backend error where it has ended.
   *
   * @param arrays the arrays of the order: they are handed over, and empty here afterwards
   */
  async ask<K extends Order['type']>(
    order: Extract<Order, { type: K }>,
    arrays: readonly FloatArray[] = [],
  ): Promise<Answers[K]> {
    if (this.ended) throw this.ended;
    const id = this.next++;
    const answer = this.await(id);
    this.link.post({ id, order }, buffersOf(arrays));
    return this.checked(order.type, await answer);
  }

  /** Ends it; what was asked of it and is not done is rejected. */
  close(): void {
    if (this.ended) return;
    this.end(new NgcError('backend', 'The workers were closed.'));
    this.link.close();
  }

  private await(id: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.link.awaited?.(true);
    });
  }

  private take(id: number): Waiting | undefined {
    const found = this.waiting.get(id);
    this.waiting.delete(id);
    if (this.waiting.size === 0) this.link.awaited?.(false);
    return found;
  }

  /** An answer that is none ends the member: nothing it says can be relied on. */
  private checked<K extends Order['type']>(type: K, answer: unknown): Answers[K] {
    try {
      return checkAnswer(type, answer);
    } catch {
      this.lose(UNREADABLE);
      throw this.ended!;
    }
  }

  private hear(said: unknown): void {
    const message = messageFrom(said);
    if (message === null) return this.lose(UNREADABLE);
    switch (message.type) {
      case 'ready':
        this.take(0)?.resolve(null);
        return;
      case 'said':
        this.onSaid(message.sentence);
        return;
      case 'unable':
        this.lose(message.message);
        return;
      case 'done':
        this.take(message.id)?.resolve(message.answer);
        return;
      case 'failed':
        this.take(message.id)?.reject(errorOf(message.failure));
        return;
      default:
        message satisfies never;
    }
  }

  private lose(why: string): void {
    if (this.ended) return;
    const error = new NgcError(
      'backend',
      `A worker that computes ended unexpectedly (${printableText(why)}).`,
    );
    this.end(error);
    this.link.close();
    this.onLost(error);
  }

  private end(error: Error): void {
    this.ended = error;
    for (const id of [...this.waiting.keys()]) this.take(id)?.reject(error);
  }
}
