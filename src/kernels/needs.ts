/** What a device must be able to do for the kernels: their largest workgroup, its memory, their bindings. */
export const DEVICE_NEEDS = {
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupSizeX: 256,
  maxComputeWorkgroupStorageSize: 16384,
  maxStorageBuffersPerShaderStage: 5,
} as const;
