import type { StopRule } from '../protocol/learning.ts';
export { endsByItself } from '../protocol/learning.ts';
import { NO_STOP, STOP_RANGES } from '../protocol/learning.ts';
import type { Entry } from './entries.ts';
import type { Parsed } from './settingValues.ts';
import { oneLine } from '../shared/errors.ts';

export const CONDITIONS = ['epochs', 'minutes', 'bce', 'patience'] as const;
export type StopCondition = (typeof CONDITIONS)[number];

/** What a condition may be, for people: "a whole number from 1 to 10000". */
export function conditionRange(condition: StopCondition): string {
  const { min, max, integer } = STOP_RANGES[condition];
  return `${integer ? 'a whole number' : 'a number'} from ${min} to ${max}`;
}

const isWithin = (condition: StopCondition, value: number): boolean => {
  const { min, max, integer } = STOP_RANGES[condition];
  return value >= min && value <= max && (!integer || Number.isInteger(value));
};

/** Reads one condition from text; nothing means that it ends nothing. */
export function parseCondition(condition: StopCondition, text: string): Parsed<number | null> {
  if (text.trim() === '') return { value: null };
  const value = Number(text);
  return isWithin(condition, value)
    ? { value }
    : {
        refused: `This must be ${conditionRange(condition)}, or nothing, not “${oneLine(text, 40)}”.`,
      };
}

/** The rule in the address: "epochs:3,bce:60". */
export const stopEntry: Entry<StopRule> = {
  expected: `conditions like “epochs:3,minutes:10,bce:60,patience:5”`,
  read(text) {
    const rule: Record<string, number | null> = { ...NO_STOP };
    for (const part of text.split(',')) {
      const [name, value = '', ...rest] = part.split(':');
      const condition = CONDITIONS.find((one) => one === name);
      if (condition === undefined || rest.length > 0 || value.trim() === '') return undefined;
      if (rule[condition] !== null || !isWithin(condition, Number(value))) return undefined;
      rule[condition] = Number(value);
    }
    return rule as unknown as StopRule;
  },
  print: (rule) =>
    CONDITIONS.flatMap((condition) => {
      const value = rule[condition];
      return value === null ? [] : [`${condition}:${value}`];
    }).join(','),
};
