import type { Defect } from './defect.ts';
import { allDefects, ROOT, rotten } from './list.ts';
import { Workshop } from './workshop.ts';

/*
 * Are the tests worth anything? Plants one realistic defect at a time in a copy of the project and runs the tests that
 * ought to notice.
 *
 *   npm run test:mutants               all of them
 *   npm run test:mutants -- PATTERN    those whose name or file matches the regular expression
 *   npm run test:mutants -- --list     names them
 *
 * Ends with 1 where a defect survives, where the tests fail without any, and where the list no longer fits the code.
 */

/** A defect that makes tests hang is noticed too. */
const SECONDS = 180;
const SECONDS_FOR_ALL = 900;

/** Whether all tests that are to notice something pass without any defect. */
async function sound(workshop: Workshop, defects: readonly Defect[]): Promise<boolean> {
  const here = defects.filter(({ device }) => device === undefined);
  const tests = [...new Set(here.flatMap((defect) => defect.tests))];
  const onDevice = [...new Set(defects.flatMap(({ device }) => device ?? []))];
  console.log(`${tests.length} test files without a defect …`);
  const all = { show: true };
  if (tests.length > 0 && (await workshop.test(tests, SECONDS_FOR_ALL, all)) !== 'passed')
    return false;
  for (const only of onDevice) {
    const files = defects.filter(({ device }) => device === only).flatMap((one) => one.tests);
    if ((await workshop.test([...new Set(files)], SECONDS_FOR_ALL, { only })) !== 'passed')
      return false;
  }
  return true;
}

/** Plants them one after the other. The names of those that nobody noticed. */
async function survivors(workshop: Workshop, defects: readonly Defect[]): Promise<string[]> {
  const survived: string[] = [];
  for (const [i, defect] of defects.entries()) {
    const from = performance.now();
    const outcome = await workshop.testWith(defect, SECONDS);
    const seconds = ((performance.now() - from) / 1000).toFixed(1);
    const verdict = outcome === 'passed' ? 'SURVIVED' : 'caught  ';
    const late = outcome === 'out of time' ? ', by running out of time' : '';
    const { name, file } = defect;
    console.log(`${i + 1}/${defects.length} ${verdict} ${file}: ${name} (${seconds} s${late})`);
    if (outcome === 'passed') survived.push(name);
  }
  return survived;
}

async function main(words: readonly string[]): Promise<number> {
  const [pattern = ''] = words.filter((word) => !word.startsWith('--'));
  const wanted = new RegExp(pattern, 'i');
  const chosen = (await allDefects()).filter((d) => wanted.test(d.name) || wanted.test(d.file));
  if (words.includes('--list')) {
    for (const { name, file } of chosen) console.log(`${file}: ${name}`);
    return 0;
  }
  const problems = rotten(chosen);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) return 1;
  const hasDevice = Boolean(process.env['NGC_TEST_WEBGPU']);
  const defects = chosen.filter(({ device }) => device === undefined || hasDevice);
  if (defects.length < chosen.length)
    console.log(
      `${chosen.length - defects.length} defects in kernels are left out: they are seen on a WebGPU device only (NGC_TEST_WEBGPU=1).`,
    );
  if (defects.length === 0) {
    console.error(`No defect matches ${pattern}.`);
    return 1;
  }

  const workshop = new Workshop(ROOT);
  process.once('exit', () => workshop.close());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  if (!(await sound(workshop, defects))) {
    console.error('They must pass before they can tell anything.');
    return 1;
  }
  const survived = await survivors(workshop, defects);
  console.log(`${defects.length - survived.length} of ${defects.length} defects were caught.`);
  for (const name of survived) console.log(`SURVIVED: ${name}`);
  return survived.length === 0 ? 0 : 1;
}

process.exit(await main(process.argv.slice(2)));
