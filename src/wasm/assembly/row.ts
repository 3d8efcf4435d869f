import { madd, sumOf } from './lanes';

/*
 * One row of neurons times synapses [k, n] that lie row by row, `stride` bytes apart and filled up with zeros: c = a·B and c = a·Bᵀ.
 * Each synapse is read for one multiplication, so that memory decides: what is silent is not read, and what is read comes as four
 * streams from four distant parts of the matrix, which processors fetch ahead up to twice as fast as one.
 */

/** Bytes of an entry of the list of neurons that are not silent: where their synapses lie, and their activity. */
const ENTRY: usize = 8;
/** Bytes of a whole vector of columns that are gone through at once. */
const COLUMNS: usize = 64;

/** Bytes of scratch that a row of k neurons takes. */
export function rowScratch(k: i32): usize {
  return ENTRY * <usize>(k + 4);
}

/** Lists who is not silent, filled up to a multiple of four by neurons of no activity. Returns where the list ends. */
function listActive(k: i32, a: usize, b: usize, stride: usize, list: usize): usize {
  const first = b;
  let end = list;
  for (let i: i32 = 0; i < k; i++) {
    const x = load<f32>(a);
    store<usize>(end, b);
    store<f32>(end, x, 4);
    end += ENTRY * <usize>(x != 0);
    a += 4;
    b += stride;
  }
  while ((end - list) & (4 * ENTRY - 1)) {
    store<usize>(end, first);
    store<f32>(end, 0, 4);
    end += ENTRY;
  }
  return end;
}

/** c = a·B, or c += a·B where `more`. */
export function rowTimes(
  k: i32,
  a: usize,
  b: usize,
  stride: usize,
  c: usize,
  more: bool,
  scratch: usize,
): void {
  if (!more) memory.fill(c, 0, stride);
  const quarter = (listActive(k, a, b, stride, scratch) - scratch) >> 2;
  for (const end = scratch + quarter; scratch < end; scratch += ENTRY) {
    const second = scratch + quarter;
    const third = second + quarter;
    const fourth = third + quarter;
    const x0 = v128.load32_splat(scratch, 4), x1 = v128.load32_splat(second, 4); // prettier-ignore
    const x2 = v128.load32_splat(third, 4), x3 = v128.load32_splat(fourth, 4); // prettier-ignore
    const b0 = load<usize>(scratch), b1 = load<usize>(second), b2 = load<usize>(third), b3 = load<usize>(fourth); // prettier-ignore
    for (let j: usize = 0; j < stride; j += COLUMNS) {
      const p0 = b0 + j, p1 = b1 + j, p2 = b2 + j, p3 = b3 + j, to = c + j; // prettier-ignore
      v128.store(to, madd(x0, v128.load(p0), madd(x1, v128.load(p1), madd(x2, v128.load(p2), madd(x3, v128.load(p3), v128.load(to)))))); // prettier-ignore
      v128.store(to, madd(x0, v128.load(p0, 16), madd(x1, v128.load(p1, 16), madd(x2, v128.load(p2, 16), madd(x3, v128.load(p3, 16), v128.load(to, 16))))), 16); // prettier-ignore
      v128.store(to, madd(x0, v128.load(p0, 32), madd(x1, v128.load(p1, 32), madd(x2, v128.load(p2, 32), madd(x3, v128.load(p3, 32), v128.load(to, 32))))), 32); // prettier-ignore
      v128.store(to, madd(x0, v128.load(p0, 48), madd(x1, v128.load(p1, 48), madd(x2, v128.load(p2, 48), madd(x3, v128.load(p3, 48), v128.load(to, 48))))), 48); // prettier-ignore
    }
  }
}

/** c = a·Bᵀ of B [k, n]: every row of B meets a. */
export function rowTimesTransposed(k: i32, a: usize, b: usize, stride: usize, c: usize): void {
  const quarter = (<usize>k) >> 2;
  const apart = quarter * stride;
  const results = quarter << 2;
  for (const end = c + results; c < end; c += 4, b += stride) {
    const second = b + apart;
    const third = second + apart;
    const fourth = third + apart;
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0; // prettier-ignore
    for (let j: usize = 0; j < stride; j += 16) {
      const x = v128.load(a + j);
      s0 = madd(x, v128.load(b + j), s0);
      s1 = madd(x, v128.load(second + j), s1);
      s2 = madd(x, v128.load(third + j), s2);
      s3 = madd(x, v128.load(fourth + j), s3);
    }
    store<f32>(c, sumOf(s0));
    store<f32>(c + results, sumOf(s1));
    store<f32>(c + 2 * results, sumOf(s2));
    store<f32>(c + 3 * results, sumOf(s3));
  }
  b += 3 * apart;
  c += 3 * results;
  for (let i: i32 = <i32>(quarter << 2); i < k; i++, c += 4, b += stride) {
    let sum = f32x4.splat(0);
    for (let j: usize = 0; j < stride; j += 16) sum = madd(v128.load(a + j), v128.load(b + j), sum);
    store<f32>(c, sumOf(sum));
  }
}
