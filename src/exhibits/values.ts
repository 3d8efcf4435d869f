import type { Control, Values } from './exhibit.ts';

/** What an exhibit opens with. */
export function usualValues(controls: readonly Control[]): Values {
  return Object.fromEntries(controls.map(({ key, usual }) => [key, usual]));
}

/** What a control may be, for people: "a number from 0 to 1". */
export function expectedOf(control: Control): string {
  switch (control.kind) {
    case 'range':
      return `a number from ${control.min} to ${control.max}`;
    case 'choice':
      return `one of ${control.choices.map(({ value }) => value).join(', ')}`;
    case 'toggle':
      return 'on or off';
  }
}

/** Whether a value is one that a control can have. */
export function fitsControl(control: Control, value: unknown): value is number | string | boolean {
  switch (control.kind) {
    case 'range':
      return typeof value === 'number' && value >= control.min && value <= control.max;
    case 'choice':
      return control.choices.some((choice) => choice.value === value);
    case 'toggle':
      return typeof value === 'boolean';
  }
}

/** The number of a range among values that were checked. */
export function numberOf(values: Values, key: string): number {
  const value = values[key];
  if (typeof value !== 'number') throw new TypeError(`${key} is no number of this exhibit.`);
  return value;
}

/** The word of a choice among values that were checked. */
export function wordOf(values: Values, key: string): string {
  const value = values[key];
  if (typeof value !== 'string') throw new TypeError(`${key} is no choice of this exhibit.`);
  return value;
}

/** Whether a toggle is on, among values that were checked. */
export function isOn(values: Values, key: string): boolean {
  return values[key] === true;
}
