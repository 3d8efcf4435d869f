/** Largest entry of I − P·S′ that two Newton–Schulz steps may leave behind (ngc.md, Learning). */
export const RESIDUAL_LIMIT = 1e-4;
