/** Below this height (rem) a label beside its row has no room for what never changes. */
const SHORT = 7.5;

/** How a row's label is laid out: above the row, beside it, or beside it with little room. */
export function labelClass(compact: boolean, height: number): string {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return `layer-label${compact ? ' compact' : height < SHORT * rem ? ' short' : ''}`;
}
