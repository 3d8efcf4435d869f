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

/** The control of a key, where an exhibit has one. */
export function controlOf(controls: readonly Control[], key: string): Control | undefined {
  return controls.find((control) => control.key === key);
}

/** Values of which some are given and the others are as usual. */
export function completed(controls: readonly Control[], some: Values): Values {
  return { ...usualValues(controls), ...some };
}

/** Those of some values that are not as usual. */
export function unusual(controls: readonly Control[], values: Values): Values {
  const others = controls.filter(({ key, usual }) => (values[key] ?? usual) !== usual);
  return Object.fromEntries(others.map(({ key, usual }) => [key, values[key] ?? usual]));
}

/** Whether a change of values begins the exhibit anew. */
export function restarts(controls: readonly Control[], before: Values, after: Values): boolean {
  return controls.some(({ key, restarts: anew }) => anew === true && before[key] !== after[key]);
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
