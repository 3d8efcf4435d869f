import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';

import ts from 'typescript';

import type { Defect } from './defect.ts';

/** What is no part of the code, by its path from the root. */
const LEFT_BEHIND = new Set(
  ['node_modules', '.git', 'dist', 'runs', 'test-results', 'playwright-report', 'public/data'].map(
    (path) => path.replaceAll('/', sep),
  ),
);

/** How a run of tests ended. */
export type Outcome = 'passed' | 'failed' | 'out of time';

/** What a file becomes with a defect, or why the defect cannot be planted any more. */
export function planted(
  source: string,
  { file, find, replace }: Defect,
): { text: string } | string {
  const times = source.split(find).length - 1;
  if (times !== 1) return `what to find stands there ${times} times, not once`;
  const text = source.replace(find, () => replace);
  const { diagnostics = [] } = ts.transpileModule(text, {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ESNext, jsx: ts.JsxEmit.Preserve },
  });
  return diagnostics.length > 0 ? 'it is no TypeScript any more' : { text };
}

const WINDOWS = process.platform === 'win32';

/** Ends a run of tests with its workers, of which one may be caught in a loop and hear nothing. */
function end(child: ChildProcess): void {
  if (WINDOWS || child.pid === undefined) child.kill();
  else process.kill(-child.pid, 'SIGKILL');
}

/** A copy of the project to plant defects in. The checkout itself is never changed. */
export class Workshop {
  private readonly folder = mkdtempSync(join(tmpdir(), 'ngc-mutants-'));
  private running: ChildProcess | null = null;

  constructor(root: string) {
    cpSync(root, this.folder, {
      recursive: true,
      filter: (path) => !LEFT_BEHIND.has(relative(root, path)),
    });
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'), 'junction');
  }

  /** Runs test files until the first failure, for `seconds` at most. `show` also prints what they say. */
  test(
    files: readonly string[],
    seconds: number,
    { show = false, only }: { show?: boolean; only?: string | undefined } = {},
  ): Promise<Outcome> {
    // The case's name stands in the test's in quotation marks.
    const names = only === undefined ? [] : ['-t', `'${only}'`];
    const vitest = join('node_modules', 'vitest', 'vitest.mjs');
    const child = spawn(process.execPath, [vitest, 'run', '--bail=1', ...names, ...files], {
      cwd: this.folder,
      stdio: show ? 'inherit' : 'ignore',
      // A process group of its own, to be ended as a whole.
      detached: !WINDOWS,
    });
    this.running = child;
    return new Promise((resolve, reject) => {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        end(child);
      }, seconds * 1000);
      child.on('error', reject);
      child.on('exit', (code) => {
        clearTimeout(timer);
        this.running = null;
        resolve(late ? 'out of time' : code === 0 ? 'passed' : 'failed');
      });
    });
  }

  /** The same with a defect in place, which is taken out again afterwards. */
  async testWith(defect: Defect, seconds: number): Promise<Outcome> {
    const path = join(this.folder, defect.file);
    const sound = readFileSync(path, 'utf8');
    const changed = planted(sound, defect);
    if (typeof changed === 'string') throw new Error(`${defect.name}: ${changed}.`);
    writeFileSync(path, changed.text);
    try {
      return await this.test(defect.tests, seconds, { only: defect.device });
    } finally {
      writeFileSync(path, sound);
    }
  }

  /** Ends what still runs, and leaves nothing behind. */
  close(): void {
    if (this.running) end(this.running);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
