import type { FloatArray } from '../../src/shared/arrays.ts';

/** What differs between two sets of tensors by more than the bound: those that lack, are strange, misshapen or wrong, and by how much. */
export function wrongTensors(
  actual: ReadonlyMap<string, FloatArray>,
  expected: ReadonlyMap<string, FloatArray>,
  bound = 1e-4,
): Record<string, number> {
  const wrong: Record<string, number> = {};
  for (const name of new Set([...actual.keys(), ...expected.keys()])) {
    const [a, b] = [actual.get(name), expected.get(name)];
    const same = a?.shape.join() === b?.shape.join();
    const worst = same ? Math.max(...a!.data.map((value, i) => Math.abs(value - b!.data[i]!))) : NaN; // prettier-ignore
    if (!(worst <= bound)) wrong[name] = worst;
  }
  return wrong;
}

/** The slope of f at x, by central differences. */
export function slopeOf(f: (x: number) => number, x: number, h = 1e-5): number {
  return (f(x + h) - f(x - h)) / (2 * h);
}
