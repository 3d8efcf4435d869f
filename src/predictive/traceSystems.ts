import type { FloatArray } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';
import type { SensorName } from './freeEnergy.ts';
import { freeEnergy, logEvidence, pointSlope, SENSORS } from './freeEnergy.ts';
import { landscape } from './landscape.ts';

/*
 * The two systems that have no model, as tensors of files: what a grid of points makes of them.
 */

type Tensors = ReadonlyMap<string, FloatArray>;

/** A tensor with so many dimensions and not empty. Throws a file error that says what it is. */
function needed(tensors: Tensors, name: string, dimensions: number, meaning: string): FloatArray {
  const found = tensors.get(name);
  if (found?.shape.length !== dimensions || found.data.length === 0)
    throw new NgcError('file', `it must hold a tensor ${name}: ${meaning}.`);
  return found;
}

/**
 * `theta [N]` and `k [M]` (0: backpropagation) → `energy.kK`, `dtheta0.kK`, `dtheta1.kK` [N, N], a row for each θ1.
 * Throws a file error for what is missing or out of range.
 */
export function traceLandscape(tensors: Tensors): Map<string, FloatArray> {
  const theta = needed(tensors, 'theta', 1, 'the values [N] that both weights take');
  const k = needed(tensors, 'k', 1, 'output variances [M], 0 for backpropagation');
  if (k.data.some((value) => value < 0))
    throw new NgcError('file', 'k must hold variances from 0 up; 0 stands for backpropagation.');
  const shape = [theta.data.length, theta.data.length];
  const traced = new Map<string, FloatArray>();
  for (const value of k.data) {
    const { energy, dTheta0, dTheta1 } = landscape(theta.data, value);
    const fields = { energy, dtheta0: dTheta0, dtheta1: dTheta1 };
    for (const [name, data] of Object.entries(fields))
      traced.set(`${name}.k${value}`, { shape, data: Float32Array.from(data) });
  }
  return traced;
}

/**
 * `s [1]`, `mean` and `variance` of one shape → for both sensors `F`, `KL`, `slope` of that shape and `logEvidence [1]`, in nats.
 * Throws a file error for what is missing or out of range.
 */
export function traceFreeEnergy(tensors: Tensors): Map<string, FloatArray> {
  const sensed = needed(tensors, 's', 1, 'what is sensed [1]');
  const mean = needed(tensors, 'mean', 2, 'the means of q [N, M]');
  const variance = needed(tensors, 'variance', 2, 'the variances of q, as mean');
  if (sensed.data.length !== 1) throw new NgcError('file', 's must hold one number.');
  if (mean.shape.join() !== variance.shape.join())
    throw new NgcError('file', 'variance must have the shape of mean.');
  if (variance.data.some((value) => !(value > 0)))
    throw new NgcError('file', 'variance must hold numbers greater than 0.');
  const s = sensed.data[0]!;
  const overGrid = (at: (m: number, v: number) => number): FloatArray => ({
    shape: mean.shape,
    data: mean.data.map((m, i) => at(m, variance.data[i]!)),
  });
  const traced = new Map<string, FloatArray>();
  for (const name of Object.keys(SENSORS) as SensorName[]) {
    const sensor = SENSORS[name];
    const evidence = logEvidence(sensor, s);
    traced.set(
      `${name}.F`,
      overGrid((m, v) => freeEnergy(sensor, s, m, v)),
    );
    traced.set(`${name}.logEvidence`, { shape: [1], data: Float32Array.of(evidence) });
    traced.set(
      `${name}.KL`,
      overGrid((m, v) => freeEnergy(sensor, s, m, v) + evidence),
    );
    traced.set(
      `${name}.slope`,
      overGrid((m) => pointSlope(sensor, s, m)),
    );
  }
  return traced;
}
