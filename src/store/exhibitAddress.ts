import { exhibitOf } from '../exhibits/exhibits.ts';
import type { Control, Values } from '../exhibits/exhibit.ts';
import { controlOf, expectedOf, fitsControl, unusual } from '../exhibits/values.ts';
import type { Refusal } from './entries.ts';
import { asked } from './entries.ts';
import type { HallView } from './exhibitViews.ts';
import { exhibitIn } from './exhibitViews.ts';

/** What a text sets a control to, as far as its kind goes. */
function valueOf(control: Control, text: string): unknown {
  switch (control.kind) {
    case 'range':
      return /^-?\d+(\.\d+)?(e[-+]?\d+)?$/.test(text) ? Number(text) : undefined;
    case 'choice':
      return text;
    case 'toggle':
      return text === 'on' ? true : text === 'off' ? false : undefined;
  }
}

const print = (value: Values[string]): string =>
  typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);

/** Reads "key.value,key.value": how the controls of an exhibit stand that are not as usual. */
export function readSet(
  view: HallView,
  text: string,
): { readonly values: Values; readonly refused: readonly Refusal[] } {
  const id = exhibitIn(view);
  const refuse = (what: string, sentence: string): Refusal => ({
    asked: what,
    sentence: `The address asks for ${what}; ${sentence}.`,
  });
  if (id === null)
    return {
      values: {},
      refused: [refuse(asked('set', text), 'no exhibit is named to be set so')],
    };
  const { controls } = exhibitOf(id);
  const values: Record<string, Values[string]> = {};
  const refused: Refusal[] = [];
  for (const entry of text.split(',')) {
    const [, key = entry, written = ''] = /^([^.]*)\.(.*)$/.exec(entry) ?? [];
    const control = controlOf(controls, key);
    const value = control && valueOf(control, written);
    if (control && fitsControl(control, value)) values[key] = value;
    else
      refused.push(
        refuse(
          asked('set', entry),
          control ? `${control.key} must be ${expectedOf(control)}` : 'this exhibit has no such control', // prettier-ignore
        ),
      );
  }
  return { values: unusual(controls, values), refused };
}

/** The same as text; empty where all is as usual. */
export const printSet = (values: Values): string =>
  Object.entries(values)
    .map(([key, value]) => `${key}.${print(value)}`)
    .join(',');
