import { compileAssembly } from '../src/runtime/nodeKernels.ts';

/** Before all tests: the kernels are compiled once, not by whoever happens to need them first. */
export const setup = (): Promise<void> => compileAssembly();
