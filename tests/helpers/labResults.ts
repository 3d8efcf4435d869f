import type { CellResult, StoredArray } from '../../src/experiments/result.ts';

/** A result as the runner writes it, with what a test cares about changed. */
export function cellResult(change: Partial<CellResult> = {}): CellResult {
  const { experiment = 'table-1', row = 'rae', dataset = 'mnist', seed = 1 } = change;
  return {
    format: 'ngc-lab-result',
    version: 1,
    experiment,
    key: `${row}.${dataset}.s${seed}`,
    row,
    dataset,
    point: null,
    seed,
    state: 'done',
    reason: null,
    training: null,
    settings: null,
    numbers: { bce: 60, logpx: -120 },
    words: { prior: 'mixture of 75 Gaussians' },
    curve: {
      images: [1000, 2000],
      seconds: [1, 2],
      train: [90, 70],
      validation: [80, 65],
      more: {},
    },
    arrays: {},
    model: null,
    origin: {
      command: 'npm run ngc -- lab run table-1 --budget standard --out runs/lab',
      budget: 'standard',
      machine: 'a test',
      backend: 'wasm',
      date: '2026-01-01T00:00:00.000Z',
      training: 60,
      measuring: 6,
    },
    ...change,
  };
}

/** Pictures as results store them: bytes in base64. */
export function pictures(values: readonly number[], shape: readonly number[]): StoredArray {
  const bytes = Buffer.from(values.map((value) => Math.round(255 * value)));
  return { shape, type: 'u8', data: bytes.toString('base64') };
}
