import type { KernelFiles } from '../wasm/kernels.ts';
import plain from '../wasm/compiled/plain.wasm?url';
import plainShared from '../wasm/compiled/plainShared.wasm?url';
import relaxed from '../wasm/compiled/relaxed.wasm?url';
import relaxedShared from '../wasm/compiled/relaxedShared.wasm?url';

const read = (url: string) => async (): Promise<ArrayBuffer> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the host answered ${response.status}`);
  return response.arrayBuffer();
};

/** The modules, served beside the page. */
export const browserKernels: KernelFiles = {
  ...{ plain: read(plain), relaxed: read(relaxed) },
  ...{ plainShared: read(plainShared), relaxedShared: read(relaxedShared) },
};
