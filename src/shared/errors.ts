/** What went wrong, for code to switch on; the message is the sentence for a person. */
export type ErrorKind =
  | 'config' // a setting is out of range or unknown
  | 'file' // a model or tensor file is broken
  | 'data' // a dataset is broken, missing or unreachable
  | 'backend' // no numerics backend could be started
  | 'diverged' // numbers stopped being finite
  | 'cancelled' // the user stopped it
  | 'usage'; // a command was called wrongly

/**
 * An expected failure: `message` is one clear sentence for a person that names what was wrong and
 * what would be right. Anything that is not an NgcError is a bug.
 */
export class NgcError extends Error {
  override readonly name = 'NgcError';
  constructor(
    readonly kind: ErrorKind,
    message: string,
  ) {
    super(message);
  }
}

/** The sentence to show a person for any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
