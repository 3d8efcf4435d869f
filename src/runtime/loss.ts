import { NgcError, printableText } from '../shared/errors.ts';

/**
 * An error and the news that the device is lost come in any order: so long (ms) after the one, the other is waited for. On a machine that
 * is busy the news took more than half a second; an error without a name is a lost device or a fault of ours, and can wait longer.
 */
const TOGETHER_MS = { named: 2_000, raw: 10_000 };

/** What is said of a device that is lost, and why, as the browser has it. */
export function lossOf(why: string): string {
  const reason = why.trim().replace(/\.$/, '');
  const said = reason === '' ? '' : ` (${printableText(reason, 100)})`;
  return `The graphics device was lost${said}.`;
}

/** Errors that mean what they say, whatever becomes of the device. */
const CLEAR: readonly NgcError['kind'][] = ['usage', 'config', 'file', 'data', 'cancelled'];

/**
 * The error that a device's loss is, where that is what an error comes from: work on a lost device fails in many words, and
 * numbers read from it may be none. Any other error as it is.
 */
export async function lossOr(
  error: unknown,
  { name, lost }: { readonly name: string; readonly lost: Promise<string> },
): Promise<unknown> {
  if (name !== 'webgpu' || (error instanceof NgcError && CLEAR.includes(error.kind))) return error;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waited = new Promise<null>((resolve) => {
    const patience = error instanceof NgcError ? TOGETHER_MS.named : TOGETHER_MS.raw;
    timer = setTimeout(() => resolve(null), patience);
  });
  const sentence = await Promise.race([lost, waited]);
  clearTimeout(timer);
  return sentence === null ? error : new NgcError('backend', sentence);
}
