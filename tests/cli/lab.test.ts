import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import type { CellResult, ResultFile } from '../../src/experiments/result.ts';
import type { Outcome } from './helpers.ts';
import { smallDataset, temporaryFolder } from './helpers.ts';

const folder = temporaryFolder();
const files = smallDataset(folder, 220, 30);
const sets = join(folder, 'sets');
mkdirSync(sets);
renameSync(files, join(sets, 'mnist'));
const data = ['--data-dir', sets];
const MAIN = join(import.meta.dirname, '../lab/tinyMain.ts');
/** Up to five processes train here beside other tests: long enough for the slowest machine, as it only ends what hangs. */
const HANG = 240_000;
const cpu = ['--backend', 'wasm', '--workers', '1'];

/** Runs the tiny experiment's command line in a process of its own; `onOutput` may kill it. */
function lab(
  args: readonly string[],
  onOutput?: (stdout: string, kill: (signal: NodeJS.Signals) => void) => void,
): Promise<Outcome> {
  // prettier-ignore
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, 'lab', ...args]);
  let [stdout, stderr] = ['', ''];
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
    onOutput?.(stdout, (signal) => child.kill(signal));
  });
  return new Promise((resolve) =>
    child.on('close', (code) => resolve({ status: code ?? -1, stdout, stderr })),
  );
}

const at = (name: string) => join(folder, name);
const run = (out: string, ...more: string[]) => ['run', 'tiny', ...data, ...cpu, ...more, '--out', at(out)]; // prettier-ignore
const mnist = ['--cells', '*.mnist.*'];

/** What a result says, but for dates and seconds. */
function timeless(result: CellResult) {
  const origin = { ...result.origin, date: '', training: 0, measuring: 0 };
  const numbers: Record<string, number> = { ...result.numbers, seconds: 0 };
  return { ...result, origin, numbers, curve: { ...result.curve, seconds: [] } };
}
const resultsOf = (file: string) =>
  (JSON.parse(readFileSync(file, 'utf8')) as ResultFile).results.map(timeless);

it(
  'in shards, one of them killed and run again, gives what one process gives',
  async () => {
    const whole = await lab(run('whole', ...mnist));
    expect(whole).toMatchObject({ status: 0, stderr: '' });
    expect(whole.stdout).toMatch(/wild\.mnist\.s1: .*(diverged|finite)/);
    expect(whole.stdout).toMatch(/2 of the cells diverged/);

    let killed = false;
    const shard = (n: number) => run(`shard${n}`, ...mnist, '--shard', `${n}/3`);
    const [first] = await Promise.all([
      lab(shard(1), (stdout, kill) => {
        if (killed || !/linear\.mnist|10-nn/.test(stdout)) return;
        killed = true;
        kill('SIGKILL');
      }),
      lab(shard(2)),
      lab(shard(3)),
    ]);
    expect([killed, first.status]).toEqual([true, -1]);
    expect(await lab(shard(1))).toMatchObject({ status: 0, stderr: '' });

    const parts = [1, 2, 3].map((n) => at(`shard${n}`));
    expect(await lab(['merge', ...parts, '--out', at('parts.json')])).toMatchObject({ status: 0 });
    expect(await lab(['merge', at('whole'), '--out', at('whole.json')])).toMatchObject({
      status: 0,
    });
    const results = resultsOf(at('whole.json'));
    expect(results).toHaveLength(12);
    expect(resultsOf(at('parts.json'))).toEqual(results);
    const linear = results.find(({ key }) => key === 'linear.mnist.s1')!;
    expect(linear.numbers).toMatchObject({
      'n.bce': 30,
      'n.logpx': 20,
      'n.bound': 5,
      codeWidth: 10,
    });
    expect(linear.words['prior']).toContain('mixture of 3 Gaussians');
    expect(Object.keys(linear.arrays).sort()).toEqual([
      'completed.iterated',
      'examples',
      'masked',
      'reconstructed',
      'samples',
    ]);
    const network = results.find(({ key }) => key === 'network.mnist.s2')!;
    for (const name of ['mmse.eq19', 'mmse.silent', 'mmse.imagine', 'rho1', 'err', 'validation'])
      expect(network.numbers[name], name).toBeGreaterThanOrEqual(0);
    expect(network.numbers['n.mmse.imagine']).toBe(6);
    expect(network.settings).toMatchObject({ variant: 'gncn-pdh', steps: 6 });
  },
  HANG,
);

it(
  'passes over what is done; two processes in one folder never run a cell twice',
  async () => {
    const both = await Promise.all([lab(run('shared', ...mnist)), lab(run('shared', ...mnist))]);
    const computed = both.flatMap(({ status, stdout, stderr }) => {
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      return [...stdout.matchAll(/^(\S+\.mnist\.s\d): .*\(\d+ s\)$/gm)].map(([, key]) => key!);
    });
    expect(computed).toHaveLength(12);
    expect(new Set(computed).size).toBe(12);
    const again = await lab(run('shared', ...mnist));
    expect(again.stdout.match(/\(was there\)/g)).toHaveLength(12);
  },
  HANG,
);

it(
  'puts a damaged result aside, names it and runs it again; says what cannot be had; reports',
  async () => {
    const name = at('shared/cells/tiny/quick/linear.mnist.s1.json');
    writeFileSync(name, readFileSync(name).subarray(0, 400));
    const listed = await lab(['list', 'tiny', '--cells', 'linear.mnist.*', '--out', at('shared')]);
    expect(listed.stdout).toBe(
      'linear.mnist.s1\tdamaged: will be run again\nlinear.mnist.s2\tdone\n',
    );
    const all = await lab(run('shared'));
    expect(all.stdout).toMatch(/linear\.mnist\.s1\.json .* is damaged .*\.damaged/);
    expect(existsSync(`${name}.damaged`)).toBe(true);
    expect(all.status).toBe(2);
    expect(all.stderr).toBe(
      'ngc: The cells of kmnist were not run, as their images cannot be had here; the others are done.\n',
    );
    const { digest, ...rest } = JSON.parse(readFileSync(name, 'utf8')) as { digest?: string };
    expect(digest).toMatch(/^sha256:/);
    writeFileSync(name, JSON.stringify(rest));
    const merged = await lab(['merge', at('shared'), '--out', at('shared.json')]);
    expect(merged.stdout).toMatch(/^Without a digest, .*: cells\/tiny\/quick\/linear\.mnist\.s1\.json\.$/m); // prettier-ignore
    expect(resultsOf(at('shared.json'))).toEqual(resultsOf(at('whole.json')));
    const { stdout } = await lab(['report', at('shared.json')]);
    expect(stdout).toMatch(/^## A tiny experiment$/m);
    expect(stdout).toMatch(/^\| linear \| \d+\.\d\d ± \d+\.\d\d \(2\) \|/m);
    expect(stdout).toMatch(/^\| wild \| – \(2 of 2 diverged\)/m);
    expect(stdout).toMatch(/Not run here: KMNIST\./);
    const { stdout: csv } = await lab(['report', at('shared.json'), '--csv']);
    expect(csv).toMatch(/^shipped,tiny,linear,mnist,,1,quick,done,bce,[\d.]+,,30$/m);
    const { stdout: svg } = await lab(['report', at('shared.json'), '--svg']);
    expect(svg).toMatch(/^<svg [^]*>linear<[^]*<\/svg>\n$/);
    const bce = /^\| linear \| (\d+\.\d\d) ±/m.exec(stdout)?.[1];
    expect(svg).toContain(bce);
    expect(await lab(['report', at('shared.json'), '--svg', '--csv'])).toMatchObject({ status: 2 });
  },
  HANG,
);

it(
  'does not take the files of one set for another',
  async () => {
    const args = run('mixed', '--cells', 'mean-image.*');
    args[args.indexOf(sets)] = join(sets, 'mnist');
    const { status, stdout } = await lab(args);
    expect(status).toBe(2);
    expect(stdout).toMatch(/holds the files of one dataset, and several are needed/);
    expect(readdirSync(at('mixed'), { recursive: true }).map(String)).not.toContainEqual(
      expect.stringMatching(/mean-image/),
    );
  },
  HANG,
);

it(
  'refuses a folder of another version, and writes nothing',
  async () => {
    writeFileSync(at('shared/lab.json'), '{"format":"ngc-lab-results","version":7}\n');
    const before = readdirSync(at('shared'), { recursive: true });
    for (const args of [run('shared'), ['merge', at('shared'), '--out', at('other.json')]]) {
      const { status, stderr } = await lab(args);
      expect(status).toBe(2);
      expect(stderr).toMatch(/is of version 7; this program reads version 1/);
    }
    expect(readdirSync(at('shared'), { recursive: true })).toEqual(before);
    expect(existsSync(at('other.json'))).toBe(false);
  },
  HANG,
);
