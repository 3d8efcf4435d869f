/**
 * The command line: `npm run -s ngc -- COMMAND …`.
 * Exit status: 0 done; 1 the run failed or was stopped; 2 the command or a file was wrong.
 */
import { failureOf, runCommand } from './commands.ts';
import { outputClosed } from './signals.ts';

// Whoever reads our output may stop reading (`| head`), and then there is nobody left to write for; a full disk is the same to us.
process.stdout.on('error', outputClosed);
process.stderr.on('error', () => undefined);

// An explicit exit: a GPU's threads would keep the process alive.
runCommand(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    const { status, line } = failureOf(error);
    process.stderr.write(`${line}\n`);
    if (process.env['NGC_DEBUG'] && error instanceof Error)
      process.stderr.write(`${error.stack}\n`);
    process.exit(status);
  },
);
