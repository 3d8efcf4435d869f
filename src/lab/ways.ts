/** Which of the ways in a table is among the measures of a cell; null: none. */
export const wayIn = <Way extends string>(
  ways: Readonly<Record<Way, unknown>>,
  measures: readonly string[],
): Way | null => measures.find((name): name is Way => Object.hasOwn(ways, name)) ?? null;
