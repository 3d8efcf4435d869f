import { VARIANTS } from '../../ngc/config/variants.ts';
import type { DatasetId } from '../../protocol/reports.ts';
import { DATASETS } from '../../protocol/reports.ts';
import type { RunCard } from '../../protocol/runs.ts';
import type { HistoryPoint, SettingChange } from '../../protocol/snapshot.ts';
import { fileError } from '../../io/fileError.ts';
import { messageOf } from '../../shared/errors.ts';
import { JsonFault, parseJson } from '../../shared/json.ts';
import type { Check } from '../../shared/checks.ts';
import {
  list,
  number,
  oneOf,
  orNull,
  plain,
  record,
  text,
  whole,
  yesOrNo,
} from '../../shared/checks.ts';
import type { KeptEnding } from '../learning/ending.ts';
import { checkEnding } from '../learning/ending.ts';

/*
 * What a run's file says beside its checkpoint: as a card of the model file, so that the file stays a checkpoint that the command
 * line goes on with. It comes back from a disk, or from somebody else: it is checked before it is believed.
 */

/** The name of the record among the cards of a model file. */
export const RECORD = 'run';
/** Version 1 told one length of all weight changes, and no M-MSE; version 2 not when training ends by itself. */
const VERSION = 3;

/** The last measurement on held-out images. */
export interface Measured {
  /** Images seen by then, and updates made in this run. */
  readonly at: number;
  readonly updates: number;
  /** On so many images. */
  readonly images: number;
  readonly bce: number;
  readonly sparsity: readonly number[];
  readonly discrepancy: number;
  /** M-MSE as it was measured last; null: not yet. */
  readonly mmse: number | null;
}

/** Everything about a training that its checkpoint does not hold. */
export interface RunRecord {
  readonly card: Omit<RunCard, 'bytes'>;
  /** Whether its first synapses were drawn from its seed, and not read from a file. */
  readonly fromSeed: boolean;
  /** Images that its network had seen before. */
  readonly from: number;
  /** Updates made in this run, by which measurements are due. */
  readonly updates: number;
  readonly measured: Measured | null;
  /** BCE and sparsity of the last batch. */
  readonly last: { readonly bce: number; readonly sparsity: readonly number[] } | null;
  readonly history: readonly HistoryPoint[];
  /** Null: nothing is known of it. */
  readonly ending: KeptEnding | null;
}

const count = whole(0, Number.MAX_SAFE_INTEGER);
const finite = number(-Number.MAX_VALUE, Number.MAX_VALUE);
const shares = list(number(0, 1), 16);
const time: Check<string> = (value, what) => {
  const given = text(40)(value, what);
  return Number.isNaN(Date.parse(given)) ? oneOf(['a date'])(given, what) : given;
};
/** So many points a curve may have. */
const MOST_POINTS = 10_000_000;

const CARD = {
  id: text(64),
  name: text(200),
  variant: oneOf(VARIANTS),
  title: text(400),
  dataset: record<RunCard['dataset']>({
    id: oneOf<DatasetId>(DATASETS),
    title: text(400),
    images: count,
  }),
  seed: count,
  backend: text(400),
  began: time,
  saved: time,
  seconds: number(0, Number.MAX_VALUE),
  epoch: count,
  imagesSeen: count,
  trainBce: orNull(finite),
  validationBce: orNull(finite),
  underway: yesOrNo,
};

/** A card on its own, as it lies beside its run's file. */
export const checkCard = record<RunCard>({ ...CARD, bytes: count });

/** Values are shown, and never set. */
const change: Check<SettingChange> = (value, what) => {
  const { key, value: to } = plain(value, what);
  text(40)(key, what);
  return { key, value: to } as SettingChange;
};

/** A record as it is written. */
interface Written extends RunRecord {
  readonly version: number;
}

const checkRecord = record<Written>({
  version: whole(VERSION, VERSION),
  card: record<RunRecord['card']>(CARD),
  fromSeed: yesOrNo,
  from: count,
  updates: count,
  measured: orNull(
    record<Measured>({
      at: count,
      updates: count,
      images: count,
      bce: finite,
      sparsity: shares,
      discrepancy: finite,
      mmse: orNull(finite),
    }),
  ),
  last: orNull(record<NonNullable<RunRecord['last']>>({ bce: finite, sparsity: shares })),
  history: list(
    record<HistoryPoint>({
      imagesSeen: count,
      trainBce: orNull(finite),
      validationBce: orNull(finite),
      sparsity: shares,
      discrepancy: orNull(finite),
      mmse: orNull(finite),
      weightChanges: list(finite, 100),
      changes: list(change, 100),
    }),
    MOST_POINTS,
  ),
  ending: orNull(checkEnding),
});

/** The record as the text of a card. */
export const writeRecord = (run: RunRecord): string =>
  JSON.stringify({ ...run, version: VERSION } satisfies Written);

/** A record of an earlier version as one of now; anything else as it is. */
function upgraded(said: unknown): unknown {
  const written = plain(said, 'its run');
  const { version, measured, history } = written;
  if (version === 2) return { ...written, version: VERSION, ending: null };
  if (version !== 1 || !Array.isArray(history)) return written;
  return {
    ...written,
    version: VERSION,
    ending: null,
    measured: measured === null ? null : { ...plain(measured, 'its run'), mmse: null },
    history: history.map((point) => {
      const now: Record<string, unknown> = {
        ...plain(point, 'its run'),
        mmse: null,
        weightChanges: [],
      };
      delete now.weightChange;
      return now;
    }),
  };
}

/** The record in the text of a card. Throws a file error that says what is wrong with it. */
export function readRecord(said: string, name: string): RunRecord {
  try {
    return checkRecord(upgraded(parseJson(said)), 'its run');
  } catch (error) {
    const why = error instanceof JsonFault ? `its run ${error.message}` : messageOf(error);
    throw fileError(name, `is broken: ${why.replace(/\.$/, '')}.`);
  }
}
