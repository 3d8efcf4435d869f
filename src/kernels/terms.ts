import type { ModelConfig } from '../ngc/config/settings.ts';
import { matrixName } from '../ngc/parameters.ts';
import { declarations } from './buffers.ts';
import { COMPETITION } from './competition.ts';
import type { Cuts } from './cuts.ts';
import { activationCode, slopeCode } from './functions.ts';
import type { Job } from './jobs.ts';
import { rowMajor } from './jobs.ts';
import type { MatrixKernel } from './kernel.ts';
import type { Arena } from './layout.ts';
import { isTypeOne } from './layout.ts';
import { fromBelow } from './states.ts';

/*
 * The two terms of a state's change that come through synapses, of the first image, for whoever shows them (Eqs. 11, 12, 15):
 *
 *   up_l = v_{l−1}·F_l [⊙ φ′(z_l)]        rivals_l = φ(z_l)·V_l
 *
 * Two jobs a layer: o0 = up_l or rivals_l, o1 = φ(z_l), o2 = z_l, o4 = neurons a competing column (0: none). Columns of V are
 * summed by `competition`.
 */
const RIVALS = 1;
const USES = { settings: 'uniform', activity: 'read_write', synapses: 'read' } as const;

export function termsKernel(config: ModelConfig): MatrixKernel {
  return {
    label: 'terms',
    uses: USES,
    a: 'activity',
    b: 'synapses',
    gated: isTypeOne(config),
    code: `${declarations(USES)}
${activationCode('activation', config.activation)}
${slopeCode(config.activation)}
${COMPETITION}
fn gate(job: Job, row: u32, col: u32) -> f32 {
  if ((job.flags & ${RIVALS}u) != 0u) { return 1.0; }
  return activationSlope(activity[job.o2 + row * job.cols + col]);
}
fn finish(job: Job, row: u32, col: u32, value: f32) {
  let at = row * job.cols + col;
  var term = value;
  if (job.o4 > 0u) { term += competition(job, row, col); }
  activity[job.o0 + at] = term;
}`,
  };
}

/** @param phi which of the two φ is the newest */
export function termsJobs(
  config: ModelConfig,
  synapses: Arena,
  activity: Arena,
  phi: 0 | 1,
  cuts: Cuts,
): Job[] {
  const { sizes, lateral, groups } = config;
  const offset = (name: string) => activity.region(name).offset;
  return sizes.slice(1).flatMap((size, i): Job[] => {
    const l = i + 1;
    const words = [offset(`phi${phi}.${l}`), offset(`z${l}`), 0];
    const pattern = matrixName('V', l);
    return [
      {
        rows: 1,
        cols: size,
        segments: [fromBelow(config, synapses, activity, l, cuts)],
        words: [offset(`up${l}`), ...words],
      },
      {
        rows: 1,
        cols: size,
        segments: synapses.has(pattern)
          ? [
              {
                a: rowMajor(words[0]!, size),
                b: rowMajor(synapses.region(pattern).offset, size),
                depth: size,
              },
            ]
          : [],
        words: [offset(`rivals${l}`), ...words, lateral === 'groups' ? groups[i]! : 0],
        flags: RIVALS,
      },
    ];
  });
}
