import { ACTIVE, PROBABILITY_FLOOR } from '../engine/constants.ts';
import type { ModelConfig } from '../ngc/config/settings.ts';
import { declarations } from './buffers.ts';
import type { PlainKernel } from './kernel.ts';
import { PLAIN_MAIN, plainHead } from './kernel.ts';
import type { Arena } from './layout.ts';
import { errorName } from './layout.ts';

/*
 * What a settled batch says, a thread a neuron, each summed over the batch: for pixels log p(x | mu_0), for others how many
 * images make it active; its activity φ; the squares of its state and error. Three numbers a neuron, in `columns` of the
 * report. A second kernel then marks whether all are finite, which is what lets the synapses change.
 *
 * Table: two entries a layer: (first neuron, neurons, z, φ), (mu, e, has an error, 0).
 */
const USES = { settings: 'uniform', activity: 'read', report: 'read_write' } as const;

export function columnsKernel(config: ModelConfig, report: Arena): PlainKernel {
  const layers = config.sizes.length;
  const neurons = config.sizes.reduce((sum, size) => sum + size, 0);
  return {
    label: 'columns',
    uses: USES,
    code: (entries) => `${plainHead(entries)}
${declarations(USES)}
${PLAIN_MAIN}
  if (thread >= ${neurons}u) { return; }
  var layer = 0u;
  for (var i = 1u; i < ${layers}u; i++) { if (thread >= entries[2u * i].x) { layer = i; } }
  let place = entries[2u * layer];
  let more = entries[2u * layer + 1u];
  let neuron = thread - place.x;
  let rows = u32(settings.rows);
  var first = 0.0;
  var sum = 0.0;
  var squares = 0.0;
  for (var row = 0u; row < rows; row++) {
    let at = row * place.y + neuron;
    let z = activity[place.z + at];
    let phi = activity[place.w + at];
    squares += z * z;
    sum += phi;
    if (more.z != 0u) { let e = activity[more.y + at]; squares += e * e; }
    if (layer == 0u) {
      let mu = activity[more.x + at];
      first += z * log(clamp(mu, ${PROBABILITY_FLOOR}, 1.0)) + (1.0 - z) * log(clamp(1.0 - mu, ${PROBABILITY_FLOOR}, 1.0));
    } else if (phi > ${ACTIVE}) { first += 1.0; }
  }
  let out = ${report.region('columns').offset}u + 3u * thread;
  report[out] = bitcast<u32>(first);
  report[out + 1u] = bitcast<u32>(sum);
  report[out + 2u] = bitcast<u32>(squares);
}`,
  };
}

export function columnsTable(config: ModelConfig, activity: Arena, phi: 0 | 1): number[] {
  let first = 0;
  const top = config.sizes.length - 1;
  return config.sizes.flatMap((size, l) => {
    const offset = (name: string) => activity.region(name).offset;
    const state = l === 0 ? offset('z0') : offset(`phi${phi}.${l}`);
    const mu = l < top ? offset(`mu${l}`) : 0;
    const error = l < top ? offset(errorName(activity, l)) : 0;
    const entry = [first, size, offset(`z${l}`), state, mu, error, l < top ? 1 : 0, 0];
    first += size;
    return entry;
  });
}

const FINITE_USES = { report: 'read_write' } as const;

/** One workgroup: report[0] ← 1 where every sum of `columns` is a finite number, else 0. */
export function finiteKernel(config: ModelConfig, report: Arena): PlainKernel {
  const { offset } = report.region('columns');
  const numbers = 3 * config.sizes.reduce((sum, size) => sum + size, 0);
  return {
    label: 'finite',
    uses: FINITE_USES,
    code: (entries) => `${plainHead(entries)}
${declarations(FINITE_USES)}
var<workgroup> broken: array<u32, 64>;
@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) local: u32) {
  var bad = 0u;
  for (var i = local; i < ${numbers}u; i += 64u) {
    // All bits of the exponent set: infinite or not a number. Comparing numbers would be optimised away.
    if ((report[${offset}u + i] & 0x7f800000u) == 0x7f800000u) { bad = 1u; }
  }
  broken[local] = bad;
  workgroupBarrier();
  if (local == 0u) {
    var any = entries[0].x;
    for (var i = 0u; i < 64u; i++) { any |= broken[i]; }
    report[0] = 1u - any;
  }
}`,
  };
}
