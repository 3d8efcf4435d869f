import type { ModelConfig } from '../ngc/config/settings.ts';
import { VARIANT_DEFINITIONS } from '../ngc/config/variants.ts';
import { matrixName } from '../ngc/parameters.ts';
import { declarations } from './buffers.ts';
import { activationCode } from './functions.ts';
import type { Job } from './jobs.ts';
import { rowMajor } from './jobs.ts';
import type { MatrixKernel } from './kernel.ts';
import type { Cuts } from './cuts.ts';
import type { Arena } from './layout.ts';
import { isTypeOne } from './layout.ts';

/*
 * First half of a settling step: what every layer is predicted to do, and by how much that is wrong (Eqs. 1, 9):
 *
 *   h_l = φ(z_{l+1})·W_{l+1} [+ φ(z_{l+2})·M_{l+2}]      mu_0 = sigmoid(h_0), mu_l = g(h_l)      v_l = target_l − mu_l
 *
 * All layers in one dispatch, a job a layer: o0 = mu_l, o1 = v_l, o2 = target_l, each [B, J_l]. e_l = v_l·P_l is folded
 * into what reads it (states.ts). Silent completion (ngc/settling.ts): x ← x⊙m + mu_0⊙(1 − m) before v_0.
 */
const PIXELS = 1;
/** Nothing predicts this layer: mu = 0. */
const UNPREDICTED = 2;
/** Hidden pixels are what is predicted for them: o3 is the mask. */
const SILENT = 4;
const USES = { activity: 'read_write', synapses: 'read' } as const;

export function predictKernel(config: ModelConfig): MatrixKernel {
  return {
    label: 'predict',
    uses: USES,
    a: 'activity',
    b: 'synapses',
    code: `${declarations(USES)}
${activationCode('mean', config.meanActivation)}
${activationCode('pixel', 'sigmoid')}
fn finish(job: Job, row: u32, col: u32, value: f32) {
  let at = row * job.cols + col;
  var mu = 0.0;
  if ((job.flags & ${PIXELS}u) != 0u) { mu = pixel(value); }
  else if ((job.flags & ${UNPREDICTED}u) == 0u) { mu = mean(value); }
  activity[job.o0 + at] = mu;
  if ((job.flags & ${SILENT}u) != 0u) {
    let seen = activity[job.o3 + at];
    activity[job.o2 + at] = activity[job.o2 + at] * seen + mu * (1.0 - seen);
  }
  activity[job.o1 + at] = activity[job.o2 + at] - mu;
}`,
  };
}

function flagsOf(l: number, { hidden, topDown }: Cuts): number {
  if (l === 0) return PIXELS | (hidden === 'silent' ? SILENT : 0);
  return topDown ? UNPREDICTED : 0;
}

/** @param phi which of the two φ is read: 0 or 1 */
export function predictJobs(
  config: ModelConfig,
  synapses: Arena,
  activity: Arena,
  phi: 0 | 1,
  cuts: Cuts,
): Job[] {
  const { sizes } = config;
  const top = sizes.length - 1;
  const { auxiliary } = VARIANT_DEFINITIONS[config.variant];
  return Array.from({ length: top }, (_, l) => {
    const { offset: mu, rows, cols } = activity.region(`mu${l}`);
    const targets = l === 0 || isTypeOne(config) ? `z${l}` : `phi${phi}.${l}`;
    const from = (family: 'W' | 'M', above: number) => ({
      a: rowMajor(activity.region(`phi${phi}.${above}`).offset, sizes[above]!),
      b: rowMajor(synapses.region(matrixName(family, above)).offset, cols),
      depth: sizes[above]!,
    });
    return {
      rows,
      cols,
      segments: [from('W', l + 1), ...(auxiliary && l + 2 <= top ? [from('M', l + 2)] : [])],
      words: [
        ...[mu, activity.region(`v${l}`).offset, activity.region(targets).offset],
        activity.region('mask').offset,
      ],
      flags: flagsOf(l, cuts),
    };
  });
}
