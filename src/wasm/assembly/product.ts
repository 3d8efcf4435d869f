import { madd } from './lanes';

/*
 * C [m, n] = A [m, k]·B [k, n], and C += A·B. B is packed: panels of 16 columns, each row by row, the last filled up with zeros.
 * Rows of A go in pairs, as a list of (place in the panel, a, a') that leaves out what is zero in both: neurons that are silent cost
 * nothing. A tile of 2 × 16 results stays in registers.
 *
 * Strides and places are in bytes; rows of C hold whole panels.
 */

/** Bytes of one row of a panel: 16 columns. */
const PANEL_ROW: usize = 64;
/** Bytes of an entry of the list of a pair of rows, and of a single row. */
const PAIR: usize = 12;
const ALONE: usize = 8;
/** Rows of A whose lists are made before the panels are gone through: they stay in the second cache. */
const ROWS: i32 = 64;

/** Bytes of scratch that a product of depth k takes. */
export function productScratch(k: i32): usize {
  return (<usize>(ROWS / 2) * PAIR + ALONE) * <usize>k + ROWS * 4;
}

/** Packs B [k, n], whose element (i, j) is at b + i·rows + j·cols. */
export function pack(k: i32, n: i32, b: usize, rows: usize, cols: usize, out: usize): void {
  for (let j: i32 = 0; j < n; j += 16) {
    const width = min(16, n - j);
    const from = b + <usize>j * cols;
    if (width === 16 && cols === 4) {
      for (let i: i32 = 0; i < k; i++) {
        memory.copy(out, from + <usize>i * rows, PANEL_ROW);
        out += PANEL_ROW;
      }
      continue;
    }
    for (let i: i32 = 0; i < k; i++) {
      memory.fill(out, 0, PANEL_ROW);
      for (let q: i32 = 0; q < width; q++)
        store<f32>(out + ((<usize>q) << 2), load<f32>(from + <usize>i * rows + <usize>q * cols));
      out += PANEL_ROW;
    }
  }
}

/** Lists what is not zero in both of two rows of A. Returns where the list ends. */
function listPair(k: i32, a: usize, rows: usize, cols: usize, out: usize): usize {
  for (let i: usize = 0, end = <usize>k * PANEL_ROW; i < end; i += PANEL_ROW) {
    const x = load<f32>(a);
    const y = load<f32>(a + rows);
    store<usize>(out, i);
    store<f32>(out, x, 4);
    store<f32>(out, y, 8);
    out += PAIR * <usize>((<i32>(x != 0)) | (<i32>(y != 0)));
    a += cols;
  }
  return out;
}

function listAlone(k: i32, a: usize, cols: usize, out: usize): usize {
  for (let i: usize = 0, end = <usize>k * PANEL_ROW; i < end; i += PANEL_ROW) {
    const x = load<f32>(a);
    store<usize>(out, i);
    store<f32>(out, x, 4);
    out += ALONE * <usize>(x != 0);
    a += cols;
  }
  return out;
}

function pairTile(list: usize, end: usize, panel: usize, c: usize, d: usize, more: bool): void {
  let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0, d0 = c0, d1 = c0, d2 = c0, d3 = c0; // prettier-ignore
  if (more) {
    c0 = v128.load(c), c1 = v128.load(c, 16), c2 = v128.load(c, 32), c3 = v128.load(c, 48); // prettier-ignore
    d0 = v128.load(d), d1 = v128.load(d, 16), d2 = v128.load(d, 32), d3 = v128.load(d, 48); // prettier-ignore
  }
  while (list < end) {
    const p = panel + load<usize>(list);
    const x = v128.load32_splat(list, 4);
    const y = v128.load32_splat(list, 8);
    let b = v128.load(p);
    c0 = madd(x, b, c0), d0 = madd(y, b, d0); // prettier-ignore
    b = v128.load(p, 16);
    c1 = madd(x, b, c1), d1 = madd(y, b, d1); // prettier-ignore
    b = v128.load(p, 32);
    c2 = madd(x, b, c2), d2 = madd(y, b, d2); // prettier-ignore
    b = v128.load(p, 48);
    c3 = madd(x, b, c3), d3 = madd(y, b, d3); // prettier-ignore
    list += PAIR;
  }
  v128.store(c, c0), v128.store(c, c1, 16), v128.store(c, c2, 32), v128.store(c, c3, 48); // prettier-ignore
  v128.store(d, d0), v128.store(d, d1, 16), v128.store(d, d2, 32), v128.store(d, d3, 48); // prettier-ignore
}

/** One row times two panels, the second `next` bytes behind the first (0: there is none). */
function aloneTile(list: usize, end: usize, panel: usize, next: usize, c: usize, more: bool): void {
  let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0, d0 = c0, d1 = c0, d2 = c0, d3 = c0; // prettier-ignore
  if (more) {
    c0 = v128.load(c), c1 = v128.load(c, 16), c2 = v128.load(c, 32), c3 = v128.load(c, 48); // prettier-ignore
    if (next) d0 = v128.load(c, 64), d1 = v128.load(c, 80), d2 = v128.load(c, 96), d3 = v128.load(c, 112); // prettier-ignore
  }
  while (list < end) {
    const p = panel + load<usize>(list);
    const x = v128.load32_splat(list, 4);
    c0 = madd(x, v128.load(p), c0), c1 = madd(x, v128.load(p, 16), c1); // prettier-ignore
    c2 = madd(x, v128.load(p, 32), c2), c3 = madd(x, v128.load(p, 48), c3); // prettier-ignore
    const q = p + next;
    d0 = madd(x, v128.load(q), d0), d1 = madd(x, v128.load(q, 16), d1); // prettier-ignore
    d2 = madd(x, v128.load(q, 32), d2), d3 = madd(x, v128.load(q, 48), d3); // prettier-ignore
    list += ALONE;
  }
  v128.store(c, c0), v128.store(c, c1, 16), v128.store(c, c2, 32), v128.store(c, c3, 48); // prettier-ignore
  if (next) v128.store(c, d0, 64), v128.store(c, d1, 80), v128.store(c, d2, 96), v128.store(c, d3, 112); // prettier-ignore
}

/**
 * C = A·B, or C += A·B where `more`.
 *
 * @param rows, cols strides of A: transposed, it is the other way round
 * @param above of a square C what is on and above the diagonal, which is half of the work; of the rest anything
 * @param scratch as much as `productScratch(k)` says
 */
export function product(
  m: i32,
  k: i32,
  n: i32,
  a: usize,
  rows: usize,
  cols: usize,
  b: usize,
  c: usize,
  stride: usize,
  more: bool,
  above: bool,
  scratch: usize,
): void {
  const panels = (n + 15) >> 4;
  const panelSize = <usize>k * PANEL_ROW;
  const lists = scratch + <usize>ROWS * 4;
  const list = <usize>k * PAIR;
  for (let i: i32 = 0; i < m; i += ROWS) {
    const here = min(ROWS, m - i);
    const pairs = here >> 1;
    const from = a + <usize>i * rows;
    const to = c + <usize>i * stride;
    for (let t: i32 = 0; t < pairs; t++) {
      const end = listPair(k, from + <usize>(2 * t) * rows, rows, cols, lists + <usize>t * list);
      store<usize>(scratch + ((<usize>t) << 2), end);
    }
    for (let j: i32 = 0; j < panels; j++) {
      // Above the diagonal are, of this panel, the pairs whose first row is no further down than its last column.
      const wanted = above ? min(pairs, ((16 * j + 15 - i) >> 1) + 1) : pairs;
      for (let t: i32 = 0; t < wanted; t++) {
        const at = to + <usize>(2 * t) * stride + <usize>j * PANEL_ROW;
        const end = load<usize>(scratch + ((<usize>t) << 2));
        pairTile(lists + <usize>t * list, end, b + <usize>j * panelSize, at, at + stride, more);
      }
    }
    if (here & 1) {
      const own = lists + <usize>pairs * list;
      const end = listAlone(k, from + <usize>(here - 1) * rows, cols, own);
      for (let j: i32 = above ? (i + here - 1) >> 4 : 0; j < panels; j += 2) {
        const next = j + 1 < panels ? panelSize : 0;
        const at = to + <usize>(here - 1) * stride + <usize>j * PANEL_ROW;
        aloneTile(own, end, b + <usize>j * panelSize, next, at, more);
      }
    }
  }
}
