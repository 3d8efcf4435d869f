import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { record, redo, undo, UNDO_LEVELS, undoable } from '../../src/store/undo.ts';

describe('undo history', () => {
  it('goes back at least fifty levels', () => {
    let history = undoable(0);
    for (let i = 1; i <= 60; i++) history = record(history, i);
    for (let i = 0; i < 50; i++) history = undo(history);
    expect(history.present).toBe(10);
  });

  it('undo and redo are inverse, whatever was recorded', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 40 }), (values) => {
        const full = values.reduce((history, value) => record(history, value), undoable(0));
        let history = full;
        for (let i = 0; i < values.length; i++) history = undo(history);
        expect(history.present).toBe(0);
        for (let i = 0; i < values.length; i++) history = redo(history);
        expect(history).toEqual(full);
      }),
    );
  });

  it('forgets what was undone when something new is recorded', () => {
    const history = record(undo(record(undoable('a'), 'b')), 'c');
    expect(redo(history).present).toBe('c');
    expect(undo(history).present).toBe('a');
  });

  it('stays at its ends and keeps a bounded past', () => {
    const start = undoable(1);
    expect(undo(start)).toBe(start);
    expect(redo(start)).toBe(start);
    let history = start;
    for (let i = 0; i < 3 * UNDO_LEVELS; i++) history = record(history, i);
    expect(history.past).toHaveLength(UNDO_LEVELS);
  });
});
