import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { KernelFiles } from '../wasm/kernels.ts';
import { MOST_SHARED_BYTES } from '../wasm/kernels.ts';

/*
 * The kernels' modules, compiled of their source (wasm/assembly) when they are first wanted, and kept beside it.
 */

const SOURCE = fileURLToPath(new URL('../wasm/assembly/', import.meta.url));
const COMPILED = fileURLToPath(new URL('../wasm/compiled/', import.meta.url));

const RELAXED = ['--enable', 'relaxed-simd', '--use', 'RELAXED=1'];
const SHARED = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', `${MOST_SHARED_BYTES / 65536}`]; // prettier-ignore

/** What the compiler is told for each module. */
const OPTIONS: Record<keyof KernelFiles, readonly string[]> = {
  plain: [],
  relaxed: RELAXED,
  plainShared: SHARED,
  relaxedShared: [...RELAXED, ...SHARED],
};
const NAMES = Object.keys(OPTIONS) as (keyof KernelFiles)[];
const COMMON = ['-O3', '--runtime', 'stub', '--enable', 'simd', '--importMemory', '--noAssert', '--disableWarning', '112']; // prettier-ignore

const fileOf = (name: keyof KernelFiles) => join(COMPILED, `${name}.wasm`);

/** Whether all modules are newer than all of their source. */
function upToDate(): boolean {
  const written = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync(SOURCE).map((name) => written(join(SOURCE, name)));
  const oldest = Math.min(...NAMES.map((name) => written(fileOf(name))));
  return oldest > Math.max(...sources);
}

/** The part of AssemblyScript's compiler that is used: its own types would change what an array is in all of this project. */
interface Compiler {
  main(
    options: readonly string[],
    files: {
      readFile(path: string): string | null;
      writeFile(path: string, contents: string | Uint8Array): void;
      listFiles(): readonly string[];
    },
  ): Promise<{ readonly error: Error | null }>;
}
const COMPILER = 'assemblyscript/asc';

async function compile(name: keyof KernelFiles): Promise<void> {
  const { main } = (await import(/* @vite-ignore */ COMPILER)) as Compiler;
  let wasm: Uint8Array | null = null;
  const { error } = await main(['index.ts', '--outFile', 'out.wasm', ...COMMON, ...OPTIONS[name]], {
    readFile(path) {
      try {
        return readFileSync(join(SOURCE, path), 'utf8');
      } catch {
        return null;
      }
    },
    writeFile(_, contents) {
      if (contents instanceof Uint8Array) wasm = contents;
    },
    listFiles: () => [],
  });
  if (error) throw error;
  if (!wasm) throw new Error('the compiler of the kernels wrote nothing');
  // Whoever else compiles them at this moment, nobody reads half a file.
  const unfinished = `${fileOf(name)}.${process.pid}`;
  writeFileSync(unfinished, wasm);
  renameSync(unfinished, fileOf(name));
}

/** Compiles what is older than its source. */
export async function compileAssembly(): Promise<void> {
  if (upToDate()) return;
  mkdirSync(COMPILED, { recursive: true });
  for (const name of NAMES) await compile(name);
}

const read = (name: keyof KernelFiles) => async () => {
  await compileAssembly();
  return readFileSync(fileOf(name));
};

/** The modules; compiled first where that is needed. */
export const nodeKernels: KernelFiles = {
  ...{ plain: read('plain'), relaxed: read('relaxed') },
  ...{ plainShared: read('plainShared'), relaxedShared: read('relaxedShared') },
};
