/*
 * Competition in columns, without a matrix (ngc/equations/lateral.ts): inside a column of neurons,
 *
 *   (φ·V)_j = inhibition·Σ_i φ_i − (inhibition + excitation)·φ_j
 *
 * for a job whose o1 is φ(z_l) and whose o4 says how many neurons a column has.
 */
export const COMPETITION = `
// The column last summed: a thread's next neuron is mostly of the same one.
var<private> rivalsAt: u32 = 0xffffffffu;
var<private> rivals: f32 = 0.0;
fn competition(job: Job, row: u32, col: u32) -> f32 {
  let first = job.o1 + row * job.cols + (col / job.o4) * job.o4;
  if (first != rivalsAt) {
    rivalsAt = first;
    rivals = 0.0;
    for (var i = 0u; i < job.o4; i++) { rivals += activity[first + i]; }
  }
  let own = activity[job.o1 + row * job.cols + col];
  return settings.lateralInhibition * rivals - (settings.lateralInhibition + settings.selfExcitation) * own;
}`;
