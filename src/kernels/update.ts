import { ADAM } from '../engine/optimizers.ts';
import type { ModelConfig } from '../ngc/config/settings.ts';
import type { Parameter } from '../ngc/parameters.ts';
import { matrixName } from '../ngc/parameters.ts';
import { momentNames } from '../ngc/synapses.ts';
import { declarations } from './buffers.ts';
import type { Job, Matrix } from './jobs.ts';
import { rowMajor, transposed } from './jobs.ts';
import type { MatrixKernel } from './kernel.ts';
import type { Arena } from './layout.ts';
import { beforeName, errorName } from './layout.ts';

/*
 * Every synapse changes by what is local to it (Eqs. 16–18, 3), through the optimizer, in one dispatch:
 *
 *   ΔW_l = φ(z_l)ᵀ·e_{l−1}/B   ΔM_l = φ(z_l)ᵀ·e_{l−2}/B   ΔE_l = λ_E·e_{l−1}ᵀ·φ(z_l)/B   ΔΣ_l = ½(e_lᵀ·e_l/B − P_l)
 *   θ ← θ + η·Δ   or   m ← β₁m + (1−β₁)Δ, v ← β₂v + (1−β₂)Δ², θ ← θ + η·m̂/(√v̂ + ε)   (Σ always by plain steps)
 *
 * A job a parameter: o0 = θ, o1 and o2 = its moments, o3 = where θ as it was is kept, or P_l. Nothing changes where the
 * batch was not finite (report[0], columns.ts).
 */
const COVARIANCE = 1;
const ERROR_SYNAPSES = 2;

const SGD = 'synapses[at] = old + settings.rate * delta;';
const ADAM_STEP = `
  let first = job.o1 + row * job.cols + col;
  let second = job.o2 + row * job.cols + col;
  let m = ${ADAM.beta1} * moments[first] + ${1 - ADAM.beta1} * delta;
  let v = ${ADAM.beta2} * moments[second] + ${1 - ADAM.beta2} * delta * delta;
  moments[first] = m;
  moments[second] = v;
  synapses[at] = old + settings.rate * (m / settings.firstMoment) / (sqrt(v / settings.secondMoment) + ${ADAM.epsilon});`;

export function updateKernel({ optimizer }: ModelConfig): MatrixKernel {
  const uses = {
    settings: 'uniform',
    activity: 'read',
    synapses: 'read_write',
    ...(optimizer === 'adam' ? { moments: 'read_write' as const } : {}),
    report: 'read',
  } as const;
  return {
    label: 'update',
    uses,
    a: 'activity',
    b: 'activity',
    code: `${declarations(uses)}
fn finish(job: Job, row: u32, col: u32, value: f32) {
  if (report[0] == 0u) { return; }
  let at = job.o0 + row * job.cols + col;
  let old = synapses[at];
  var delta = value / settings.rows;
  if ((job.flags & ${COVARIANCE}u) != 0u) {
    let inverse = synapses[job.o3 + row * job.cols + col];
    synapses[at] = old + settings.precisionRate * 0.5 * (delta - inverse);
    return;
  }
  synapses[job.o3 + row * job.cols + col] = old;
  if ((job.flags & ${ERROR_SYNAPSES}u) != 0u) { delta *= settings.errorRate; }
  ${optimizer === 'adam' ? ADAM_STEP : SGD}
}`,
  };
}

/** @param phi which of the two φ is the settled one */
export function updateJobs(
  synapses: Arena,
  moments: Arena,
  activity: Arena,
  phi: 0 | 1,
  parameters: readonly Parameter[],
): Job[] {
  const at = (name: string) => {
    const { offset, cols } = activity.region(name);
    return rowMajor(offset, cols);
  };
  const error = (l: number) => at(errorName(activity, l));
  const state = (l: number) => at(`phi${phi}.${l}`);
  const depth = activity.region('z0').rows;
  const momentAt = (name: string) => (moments.has(name) ? moments.region(name).offset : 0);
  return parameters.map((parameter): Job => {
    const { name, family, layer: l } = parameter;
    const { offset, rows, cols } = synapses.region(name);
    const { m, v } = momentNames(name);
    const words = [offset, momentAt(m), momentAt(v)];
    const before = () => synapses.region(beforeName(name)).offset;
    const meets = (a: Matrix, b: Matrix) => ({
      ...{ rows, cols },
      segments: [{ a: transposed(a), b, depth }],
    });
    switch (family) {
      case 'Sigma':
        return {
          ...meets(error(l), error(l)),
          words: [...words, synapses.region(matrixName('P', l)).offset],
          flags: COVARIANCE,
        };
      case 'E':
        return { ...meets(error(l - 1), state(l)), words: [...words, before()], flags: ERROR_SYNAPSES }; // prettier-ignore
      case 'W':
        return { ...meets(state(l), error(l - 1)), words: [...words, before()] };
      case 'M':
        return { ...meets(state(l), error(l - 2)), words: [...words, before()] };
      default:
        return family satisfies never;
    }
  });
}
