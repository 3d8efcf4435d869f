import type { RequestType, Results } from '../protocol/messages.ts';
import { NgcError, printable } from '../shared/errors.ts';
import { memoryShelf } from '../storage/memory.ts';
import type { Shelf } from '../storage/shelf.ts';
import { plain } from '../shared/checks.ts';
import { Elsewhere } from './elsewhere.ts';
import { ANSWERS } from './requests.ts';
import { Workbench } from './workbench.ts';

const isKnown = (type: unknown): type is RequestType =>
  typeof type === 'string' && Object.hasOwn(ANSWERS, type);

/**
 * The engine's side of the page: checks each request at the door, and answers it by the table of requests. What it works
 * with stands on the workbench; what runs by itself, and what waits for what, is the stepper's.
 */
export class Session {
  private readonly workbench: Workbench;

  /**
   * @param openRuns opens the place where runs are kept; if not given, they last as long as the session
   * @param openData and that of drawings and images of one's own
   * @param elsewhere hears what other pages change of them
   */
  constructor(
    openRuns: () => Promise<Shelf> = () => Promise.resolve(memoryShelf()),
    openData: () => Promise<Shelf> = () => Promise.resolve(memoryShelf()),
    elsewhere = new Elsewhere(),
  ) {
    this.workbench = new Workbench(openRuns, openData, elsewhere);
  }

  /**
   * Answers one request. Rejects with a usage error, at once, where it is none of the protocol's; with another NgcError
   * for what the user can understand; anything else is a bug.
   */
  async handle(request: unknown): Promise<Results[RequestType]> {
    const { type, ...fields } = plain(request, 'A request');
    if (type === undefined) throw new NgcError('usage', 'A request needs a type.');
    if (!isKnown(type))
      throw new NgcError('usage', `There is no request of type ${printable(type)}.`);
    try {
      return await this.answer(type, fields);
    } catch (error) {
      throw await this.workbench.whyOf(error);
    }
  }

  private answer<T extends RequestType>(
    type: T,
    fields: unknown,
  ): Results[T] | Promise<Results[T]> {
    const { check, run } = ANSWERS[type];
    return run(this.workbench, check(fields, type));
  }
}
