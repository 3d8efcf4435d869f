import { decodeModel } from '../../io/modelFile.ts';
import { fileError } from '../../io/fileError.ts';
import type { Memento } from '../../ngc/memento.ts';
import type { Moment } from '../../protocol/learning.ts';
import type { RunRecord } from './record.ts';
import { historyIn } from './runShelf.ts';

/** A run as it was when it was kept. */
export interface GoodState {
  readonly memento: Memento;
  /** Where the next batch begins. */
  readonly position: { readonly epoch: number; readonly offset: number };
  readonly record: RunRecord;
  readonly past: Moment[];
}

/** The state of a run in its file. Throws a file error where it holds none. */
export function stateIn(bytes: Uint8Array): GoodState {
  const name = 'What was kept';
  const { parameters, optimizer, training } = decodeModel(bytes, name);
  if (!training) throw fileError(name, 'holds no training.');
  const { epoch, offset, step: updates, imagesSeen } = training;
  const memento = { parameters, optimizer: optimizer ?? new Map(), updates, imagesSeen };
  return { memento, position: { epoch, offset }, ...historyIn(bytes, name) };
}
