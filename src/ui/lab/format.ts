import { format } from 'd3';

/** A number with so many decimals and a true minus sign. */
export function decimals(value: number, digits: number): string {
  return format(`.${digits}f`)(value);
}
