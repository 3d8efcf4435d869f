import type { ModelConfig } from '../ngc/config/settings.ts';
import { matrixName, preciseLayers } from '../ngc/parameters.ts';
import { declarations } from './buffers.ts';
import type { Job } from './jobs.ts';
import { rowMajor, transposed } from './jobs.ts';
import type { MatrixKernel } from './kernel.ts';
import type { Arena } from './layout.ts';
import { feedbackName, foldName, isTypeOne } from './layout.ts';

/*
 * Products whose result is only stored, at o0 [rows, cols]:
 *
 * - fold:   F_l = P_{l−1}·E_l (type 2) or P_{l−1}·W_lᵀ (type 1), once for every state of the synapses
 * - errors: e_l = v_l·P_l (Eq. 10), for learning and for whoever looks
 */
const store = (buffer: string) => `
fn finish(job: Job, row: u32, col: u32, value: f32) {
  ${buffer}[job.o0 + row * job.cols + col] = value;
}`;

const FOLD_USES = { synapses: 'read_write' } as const;
const ERROR_USES = { activity: 'read_write', synapses: 'read' } as const;

export const foldKernel: MatrixKernel = {
  label: 'fold',
  uses: FOLD_USES,
  a: 'synapses',
  b: 'synapses',
  code: declarations(FOLD_USES) + store('synapses'),
};

export const errorsKernel: MatrixKernel = {
  label: 'errors',
  uses: ERROR_USES,
  a: 'activity',
  b: 'synapses',
  code: declarations(ERROR_USES) + store('activity'),
};

export function foldJobs(config: ModelConfig, synapses: Arena): Job[] {
  const { sizes } = config;
  return preciseLayers(config).map(({ layer, size }): Job => {
    const above = layer + 1;
    const { offset, cols } = synapses.region(feedbackName(config, above));
    const matrix = rowMajor(offset, cols);
    return {
      rows: size,
      cols: sizes[above]!,
      segments: [
        {
          a: rowMajor(synapses.region(matrixName('P', layer)).offset, size),
          b: isTypeOne(config) ? transposed(matrix) : matrix,
          depth: size,
        },
      ],
      words: [synapses.region(foldName(above)).offset],
    };
  });
}

export function errorJobs(config: ModelConfig, synapses: Arena, activity: Arena): Job[] {
  return preciseLayers(config).map(({ layer }): Job => {
    const { offset, rows, cols } = activity.region(`v${layer}`);
    return {
      rows,
      cols,
      segments: [
        {
          a: rowMajor(offset, cols),
          b: rowMajor(synapses.region(matrixName('P', layer)).offset, cols),
          depth: cols,
        },
      ],
      words: [activity.region(`e${layer}`).offset],
    };
  });
}
