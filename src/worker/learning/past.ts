import { fileError } from '../../io/fileError.ts';
import { PIXELS } from '../../data/dataset.ts';
import type { Moment } from '../../protocol/learning.ts';
import { EXAMPLES } from '../../protocol/learning.ts';
import { fromBase64, toBase64 } from '../../shared/bytes.ts';
import type { Check } from '../../shared/checks.ts';
import { list, record, text, whole } from '../../shared/checks.ts';
import { messageOf } from '../../shared/errors.ts';
import { JsonFault, parseJson } from '../../shared/json.ts';

/*
 * What a run could do at moments of its past: pictures, kept at growing intervals, so that they stay few however long it learns.
 */

/** The name of the past among the cards of a model file. */
export const PAST = 'past';
const VERSION = 1;
/** From one moment to the next, updates grow by this factor, */
const GROWTH = 1.25;
/** and after the first by so many at least: a moment takes nearly as long as learning from a batch. */
const LEAST = 2;
/** A run of a billion updates has fewer. */
const MOST_MOMENTS = 200;

const PICTURES = ['reconstructed', 'completed', 'samples', 'fields'] as const;

/** The moments of a run's past. */
export class Past {
  private due = 0;

  /** @param moments those that are known of it, the earliest first */
  constructor(readonly moments: Moment[] = []) {}

  /** Whether one is to be kept at so many updates of the run. */
  isDue(updates: number): boolean {
    return updates >= this.due;
  }

  keep(moment: Moment, updates: number): void {
    this.moments.push(moment);
    this.due = nextAfter(updates);
  }

  /** Goes on where a run had made so many updates when it was kept. */
  goOnAt(updates: number): void {
    this.due = this.moments.length === 0 ? 0 : nextAfter(updates);
  }
}

/** The next moment to be kept after one at so many updates: 0, 1, 3, 5, 7, 9, 12 … */
const nextAfter = (updates: number) =>
  updates === 0 ? 1 : Math.max(updates + LEAST, Math.ceil(updates * GROWTH));

/** The past as the text of a card. */
export function writePast(moments: readonly Moment[]): string {
  return `{"version":${VERSION},"moments":[${moments.map(written).join(',')}]}`;
}

/** Moments as they were written before: none changes, and a run is written every few seconds, while it waits. */
const WRITTEN = new WeakMap<Moment, string>();

function written(moment: Moment): string {
  const known = WRITTEN.get(moment);
  if (known !== undefined) return known;
  const { imagesSeen } = moment;
  const pictures = PICTURES.map((name) => [name, toBase64(moment[name])]);
  const said = JSON.stringify({ imagesSeen, ...Object.fromEntries(pictures) });
  WRITTEN.set(moment, said);
  return said;
}

const pictures: Check<Uint8Array> = (value, what) => {
  const said = text(4 * EXAMPLES * PIXELS)(value, what);
  const found = unpacked(said);
  if (found === null) throw new Error(`${what} is not base64`);
  if (found.length % PIXELS !== 0 || found.length > EXAMPLES * PIXELS)
    throw new Error(`${what} holds ${found.length} bytes, no whole pictures of ${PIXELS}`);
  return found;
};

const checkPast = record<{ readonly version: number; readonly moments: readonly Moment[] }>({
  version: whole(VERSION, VERSION),
  moments: list(
    record<Moment>({
      imagesSeen: whole(0, Number.MAX_SAFE_INTEGER),
      reconstructed: pictures,
      completed: pictures,
      samples: pictures,
      fields: pictures,
    }),
    MOST_MOMENTS,
  ),
});

/** The past in the text of a card. Throws a file error that says what is wrong with it. */
export function readPast(said: string, name: string): Moment[] {
  try {
    return [...checkPast(parseJson(said), 'its past').moments];
  } catch (error) {
    const why = error instanceof JsonFault ? `its past ${error.message}` : messageOf(error);
    throw fileError(name, `is broken: ${why.replace(/\.$/, '')}.`);
  }
}

/** Null where it is not base64. */
function unpacked(said: string): Uint8Array | null {
  try {
    return fromBase64(said);
  } catch {
    return null;
  }
}
