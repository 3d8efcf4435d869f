import { describe, expect, it } from 'vitest';
import { ROOMS } from '../../src/exhibits/exhibit.ts';
import { EXHIBITS } from '../../src/exhibits/exhibits.ts';
import { controlOf, fitsControl, numberOf, restarts, unusual } from '../../src/exhibits/values.ts';

describe.each(EXHIBITS)('the exhibit $id', (exhibit) => {
  const { controls, trials, miniature, equation, claims, pace, sees, question } = exhibit;

  it('has at most three controls in sight, each with a name that an address can hold', () => {
    expect(controls.filter(({ inDrawer }) => inDrawer !== true).length).toBeLessThanOrEqual(3);
    expect(new Set(controls.map(({ key }) => key)).size).toBe(controls.length);
    for (const { key } of controls) expect(key).toMatch(/^[a-zA-Z]\w*$/);
  });

  it('opens, tries things and runs small with values that its controls can have', () => {
    for (const control of controls) expect(fitsControl(control, control.usual), control.key).toBe(true); // prettier-ignore
    for (const values of [...trials.map((trial) => trial.values), miniature])
      for (const [key, value] of Object.entries(values)) {
        const control = controlOf(controls, key);
        expect(control && fitsControl(control, value), `${key} = ${String(value)}`).toBe(true);
      }
  });

  it('stands in a room, asks a question, and says what one sees', () => {
    expect(ROOMS.map(({ id }) => id)).toContain(exhibit.room);
    expect(question).toMatch(/\?$/);
    expect(sees).toMatch(/[.…]$/);
    expect(equation.some(({ name }) => name !== undefined)).toBe(true);
  });

  it('claims nothing that was neither measured by a command nor is live', () => {
    for (const { measured, command } of claims) expect(measured === null).toBe(command === null);
  });

  it('runs at a pace that a screen can show, or by hand', () => {
    if (pace !== 'by hand') expect(pace.perSecond).toBeGreaterThan(0);
  });
});

describe('values', () => {
  const range = { kind: 'range', key: 'rate', title: '', hint: '', min: 0, max: 1, step: 0.1, usual: 0.5 } as const; // prettier-ignore
  const toggle = { kind: 'toggle', key: 'spikes', title: '', hint: '', usual: false, restarts: true } as const; // prettier-ignore

  it('only those that are not as usual count', () => {
    expect(unusual([range, toggle], { rate: 0.5, spikes: true, stranger: 3 })).toEqual({ spikes: true }); // prettier-ignore
    expect(unusual([range, toggle], { rate: 0.4 })).toEqual({ rate: 0.4 });
  });

  it('only a control that says so begins an exhibit anew', () => {
    const before = { rate: 0.5, spikes: false };
    expect(restarts([range, toggle], before, { rate: 0.1, spikes: false })).toBe(false);
    expect(restarts([range, toggle], before, { rate: 0.5, spikes: true })).toBe(true);
  });

  it('a value of another kind is no number of the exhibit', () => {
    expect(() => numberOf({ rate: 'fast' }, 'rate')).toThrow(TypeError);
    expect(fitsControl(range, NaN)).toBe(false);
    expect(fitsControl(range, 1.01)).toBe(false);
  });
});
