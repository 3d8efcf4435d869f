import type { ModelConfig } from '../ngc/config/settings.ts';
import { matrixName } from '../ngc/parameters.ts';
import { declarations } from './buffers.ts';
import { activationCode, slopeCode } from './functions.ts';
import type { Job, Segment } from './jobs.ts';
import { rowMajor, transposed } from './jobs.ts';
import type { MatrixKernel } from './kernel.ts';
import { COMPETITION } from './competition.ts';
import type { Cuts } from './cuts.ts';
import type { Arena } from './layout.ts';
import { feedbackName, foldName, isTypeOne } from './layout.ts';

/*
 * Second half of a settling step: every state is corrected (ngc/equations/states.ts; Eqs. 11–15), and hidden pixels are imagined
 * (Eq. 19). With e_l = v_l·P_l put in, all that a state hears are products of the mismatches v:
 *
 *   d_l = v_{l−1}·F_l [⊙ φ′(z_l)] − v_l·P_l − φ(z_l)·V_l − λ·sign(z_l)        F_l = P_{l−1}·E_l or P_{l−1}·W_lᵀ
 *   z_l ← z_l·(1 − β·γ) + β·d_l        x ← x − β·v_0⊙(1 − m)
 *
 * One job a layer: o0 = z_l, o1 = φ(z_l) as read, o2 = φ(z_l) as written, o3 = v_l, o4 = neurons a competing column
 * (0: none), o5 = who may fire (0 for silent neurons, which stay at 0). Columns of V are summed by `competition`;
 * other patterns are a segment of the product. What lesions cut is left out of the jobs.
 */
const SUBTRACT_MISMATCH = 1;
const INPUT = 2;
/** No segment comes from below, so that the first is not to be gated. */
const UNGATED = 4;
const USES = { settings: 'uniform', activity: 'read_write', synapses: 'read' } as const;

export function statesKernel(config: ModelConfig): MatrixKernel {
  return {
    label: 'states',
    uses: USES,
    a: 'activity',
    b: 'synapses',
    gated: isTypeOne(config),
    code: `${declarations(USES)}
${activationCode('activation', config.activation)}
${slopeCode(config.activation)}
${COMPETITION}
fn gate(job: Job, row: u32, col: u32) -> f32 {
  if ((job.flags & ${UNGATED}u) != 0u) { return 1.0; }
  return activationSlope(activity[job.o0 + row * job.cols + col]);
}
fn finish(job: Job, row: u32, col: u32, value: f32) {
  let at = row * job.cols + col;
  let z = activity[job.o0 + at];
  if ((job.flags & ${INPUT}u) != 0u) {
    // The input's o1 is the mask.
    let hidden = 1.0 - activity[job.o1 + at];
    activity[job.o0 + at] = z - settings.beta * activity[job.o3 + at] * hidden;
    return;
  }
  var d = value - settings.laplace * sign(z);
  if ((job.flags & ${SUBTRACT_MISMATCH}u) != 0u) { d -= activity[job.o3 + at]; }
  if (job.o4 > 0u) { d -= competition(job, row, col); }
  let next = z * (1.0 - settings.beta * settings.leak) + settings.beta * d;
  let alive = activity[job.o5 + col];
  activity[job.o0 + at] = next * alive;
  activity[job.o2 + at] = activation(next) * alive;
}`,
  };
}

/** What carries the mismatch of layer l − 1 up to layer l [J_{l−1}, J_l]: with its precision folded in, or without. */
function feedbackMatrix(config: ModelConfig, synapses: Arena, l: number, cuts: Cuts) {
  const fold = foldName(l);
  const columns = config.sizes[l]!;
  if (synapses.has(fold) && !cuts.precision) return rowMajor(synapses.region(fold).offset, columns);
  const { offset, cols } = synapses.region(feedbackName(config, l));
  const matrix = rowMajor(offset, cols);
  return isTypeOne(config) ? transposed(matrix) : matrix;
}

/** What layer l hears from below: v_{l−1}·F_l. */
export function fromBelow(
  config: ModelConfig,
  synapses: Arena,
  activity: Arena,
  l: number,
  cuts: Cuts,
): Segment {
  const below = config.sizes[l - 1]!;
  return {
    a: rowMajor(activity.region(`v${l - 1}`).offset, below),
    b: feedbackMatrix(config, synapses, l, cuts),
    depth: below,
  };
}

/** @param phi which of the two φ is read (0 or 1); the other is written */
export function statesJobs(
  config: ModelConfig,
  synapses: Arena,
  activity: Arena,
  phi: 0 | 1,
  cuts: Cuts,
): Job[] {
  const { sizes, lateral, groups } = config;
  const top = sizes.length - 1;
  const offset = (name: string) => activity.region(name).offset;
  const jobs = sizes.slice(1).map((size, i): Job => {
    const l = i + 1;
    const precision = matrixName('P', l);
    const precise = synapses.has(precision) && !cuts.precision;
    const phiRead = offset(`phi${phi}.${l}`);
    const segments: Segment[] = cuts.errorSynapses
      ? []
      : [fromBelow(config, synapses, activity, l, cuts)];
    const minus = (a: number, b: string) =>
      segments.push({
        a: rowMajor(a, size),
        b: rowMajor(synapses.region(b).offset, size),
        depth: size,
        sign: -1,
      });
    if (precise) minus(offset(`v${l}`), precision);
    const pattern = matrixName('V', l);
    if (synapses.has(pattern) && !cuts.lateral) minus(phiRead, pattern);
    return {
      rows: activity.region(`z${l}`).rows,
      cols: size,
      segments,
      words: [
        offset(`z${l}`),
        phiRead,
        offset(`phi${1 - phi}.${l}`),
        l < top ? offset(`v${l}`) : 0,
        lateral === 'groups' && !cuts.lateral ? groups[i]! : 0,
        offset(`alive${l}`),
      ],
      flags: (l < top && !precise ? SUBTRACT_MISMATCH : 0) | (cuts.errorSynapses ? UNGATED : 0),
    };
  });
  const { rows, cols } = activity.region('z0');
  const input = {
    rows,
    cols,
    segments: [],
    words: [offset('z0'), offset('mask'), 0, offset('v0')],
    flags: INPUT,
  };
  return cuts.hidden === 'eq19' ? [...jobs, input] : jobs;
}
