/** The command line with the tiny experiment and the linear family, as a process of its own. */
import { failureOf, runCommand } from '../../src/cli/commands.ts';
import { FAMILIES } from '../../src/models/families.ts';
import { linear } from '../helpers/linearFamily.ts';
import { TINY } from './tiny.ts';

runCommand(process.argv.slice(2), [...FAMILIES, linear], [TINY]).then(
  () => process.exit(0),
  (error: unknown) => {
    const { status, line } = failureOf(error);
    process.stderr.write(`${line}\n`);
    process.exit(status);
  },
);
