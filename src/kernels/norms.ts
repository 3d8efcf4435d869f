import type { ModelConfig } from '../ngc/config/settings.ts';
import { normLimit } from '../ngc/learn.ts';
import type { Parameter } from '../ngc/parameters.ts';
import { declarations } from './buffers.ts';
import type { PlainKernel } from './kernel.ts';
import { plainHead } from './kernel.ts';
import type { Arena } from './layout.ts';
import { beforeName } from './layout.ts';

/*
 * The norm limit (engine/norms.ts), in place: a workgroup has 16 vectors of one parameter, 16 threads each.
 * ‖Δθ‖² is summed on the way, a number a workgroup, into `changes` of the report.
 *
 * Table: two entries a parameter: (first workgroup, vectors, length, offset), (apart: vectors, apart: their
 * entries, limit as bits, where it is kept as it was).
 */
const VECTORS = 16;
const USES = { synapses: 'read_write', report: 'read_write' } as const;

export function normsKernel({ normMode }: ModelConfig, report: Arena): PlainKernel {
  return {
    label: 'norms',
    uses: USES,
    code: (entries) => `${plainHead(entries)}
${declarations(USES)}
var<workgroup> parts: array<f32, 256>;
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  var at = 0u;
  for (var i = 1u; i < ${entries / 2}u; i++) { if (group.x >= entries[2u * i].x) { at = 2u * i; } }
  let place = entries[at];
  let more = entries[at + 1u];
  let vector = (group.x - place.x) * ${VECTORS}u + local % ${VECTORS}u;
  let part = local / ${VECTORS}u;
  let mine = vector < place.y;
  let base = place.w + vector * more.x;
  var squares = 0.0;
  if (mine) {
    for (var i = part; i < place.z; i += 16u) {
      let value = synapses[base + i * more.y];
      squares += value * value;
    }
  }
  parts[local] = squares;
  workgroupBarrier();
  var norm = 0.0;
  for (var i = 0u; i < 16u; i++) { norm += parts[i * ${VECTORS}u + local % ${VECTORS}u]; }
  norm = sqrt(norm);
  let limit = bitcast<f32>(more.z);
  let scale = limit / max(norm, ${normMode === 'clip' ? 'limit' : '1e-12'});
  var change = 0.0;
  if (mine && report[0] != 0u) {
    for (var i = part; i < place.z; i += 16u) {
      let index = base + i * more.y;
      let value = synapses[index] * scale;
      synapses[index] = value;
      let moved = value - synapses[more.w + index - place.w];
      change += moved * moved;
    }
  }
  workgroupBarrier();
  parts[local] = change;
  workgroupBarrier();
  if (local == 0u) {
    var sum = 0.0;
    for (var i = 0u; i < 256u; i++) { sum += parts[i]; }
    report[${report.region('changes').offset}u + group.x] = bitcast<u32>(sum);
  }
}`,
  };
}

/** The table, how many workgroups there are, and the first one of each parameter; independent of the batch. */
export function normsTable(
  config: ModelConfig,
  synapses: Arena,
  parameters: readonly Parameter[],
): { table: number[]; groups: number; firsts: number[] } {
  let groups = 0;
  const firsts: number[] = [];
  const bits = (value: number) => new Uint32Array(Float32Array.of(value).buffer)[0]!;
  const table = parameters.flatMap((parameter) => {
    const { name } = parameter;
    const { offset, rows, cols } = synapses.region(name);
    const across = config.normAxis === 0;
    const vectors = across ? cols : rows;
    firsts.push(groups);
    groups += Math.ceil(vectors / VECTORS);
    const old = synapses.region(beforeName(name)).offset;
    return [
      ...[firsts.at(-1)!, vectors, across ? rows : cols, offset],
      ...[across ? 1 : cols, across ? cols : 1, bits(normLimit(config, parameter)), old],
    ];
  });
  return { table, groups, firsts };
}
