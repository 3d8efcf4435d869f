import type { Frame } from '../exhibits/frame.ts';
import type { ExhibitId } from '../exhibits/shown.ts';
import type { SlotReport } from '../protocol/exhibits.ts';
import type { Signal } from './signal.ts';
import { createSignal } from './signal.ts';

/** What a slot shows. */
export interface ShownFrame {
  readonly exhibit: ExhibitId;
  readonly frame: Frame<unknown>;
}

/** The newest frame of every slot: they change at frame rate, past React. */
export interface ExhibitFrames {
  /** Null: nothing yet. */
  at(slot: number): ShownFrame | null;
  /** Emits whenever the frame of a slot is another. */
  changed(slot: number): Signal;
  /** The version of the frame that is held; 0: none. */
  have(slot: number): number;
  /** Takes what a slot says of itself; a report without a frame changes nothing. */
  take(report: SlotReport): void;
  /** Another exhibit comes into the slot. */
  forget(slot: number): void;
}

export function createExhibitFrames(): ExhibitFrames {
  const shown = new Map<number, ShownFrame>();
  const versions = new Map<number, number>();
  const signals = new Map<number, Signal>();
  const changed = (slot: number): Signal => {
    const signal = signals.get(slot) ?? createSignal();
    signals.set(slot, signal);
    return signal;
  };
  return {
    at: (slot) => shown.get(slot) ?? null,
    changed,
    have: (slot) => versions.get(slot) ?? 0,
    take({ slot, exhibit, frame, version }) {
      if (frame === null) return;
      shown.set(slot, { exhibit, frame });
      versions.set(slot, version);
      changed(slot).emit();
    },
    forget(slot) {
      shown.delete(slot);
      versions.delete(slot);
      changed(slot).emit();
    },
  };
}
