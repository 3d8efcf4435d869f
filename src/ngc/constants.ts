/** Largest entry of I − P·S′ that two Newton–Schulz steps may leave behind (ngc.md, Learning). */
export const RESIDUAL_LIMIT = 1e-4;

/** … and largest one that a single step may leave where the second is spared. */
export const ONE_STEP_LIMIT = 2e-6;
