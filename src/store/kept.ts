/** Whether two values of plain data say the same. NaN is NaN, and not null. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const before = a as Readonly<Record<string, unknown>>;
  const now = b as Readonly<Record<string, unknown>>;
  const keys = Object.keys(before);
  return (
    keys.length === Object.keys(now).length &&
    keys.every((key) => Object.hasOwn(now, key) && same(before[key], now[key]))
  );
}

/** The old object where the new one says the same: every message brings copies, and a new object renders the page again. */
export const kept = <T>(old: T, now: T): T => (same(old, now) ? old : now);

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** The same; of an object that says something else, the old parts that do not: what is made of those stays too. */
export function keptParts<T>(old: T, now: T): T {
  if (same(old, now)) return old;
  if (!isPlain(old) || !isPlain(now)) return now;
  const parts = Object.entries(now).map(([key, part]) => [key, keptParts(old[key], part)]);
  return Object.fromEntries(parts) as T;
}
