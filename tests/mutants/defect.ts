/** A slip such as anybody makes: one small place of one file, changed. Some test must notice. */
export interface Defect {
  /** What is wrong with it, in a few words. */
  readonly name: string;
  /** Path from the root of the project. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** Test files, one of which must fail. */
  readonly tests: readonly string[];
  /** It is in a kernel, and only seen on a WebGPU device (NGC_TEST_WEBGPU): the case of tests/kernels/device.test.ts that must see it. */
  readonly device?: string;
}
