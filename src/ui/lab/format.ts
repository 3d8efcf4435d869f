import { format } from 'd3';

/** A number with so many decimals and a true minus sign. */
export function decimals(value: number, digits: number): string {
  return format(`.${digits}f`)(value);
}

/** A whole number with its thousands apart. */
export const count = (value: number): string => value.toLocaleString('en');
