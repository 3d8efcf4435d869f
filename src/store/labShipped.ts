import { readResultFile } from '../experiments/reading.ts';
import type { CellResult, ResultFile } from '../experiments/result.ts';
import { openSealed } from '../experiments/sealed.ts';
import { messageOf } from '../shared/errors.ts';
import type { Context } from './context.ts';
import { notify } from './context.ts';

/** Gets what the page is shipped with of an experiment, once. A page without it has none; a damaged file is said, and has none. */
export async function loadShipped(context: Context, experiment: string): Promise<void> {
  const { store, environment } = context;
  if (store.getState().labShipped[experiment] !== undefined) return;
  const put = (results: readonly CellResult[] | null) =>
    store.setState(({ labShipped }) => ({ labShipped: { ...labShipped, [experiment]: results } }));
  put(null);
  const name = `lab/${experiment}.json`;
  try {
    const text = await environment.readBeside(name);
    put(text === null ? [] : (await opened(text, name)).results);
  } catch (error) {
    put([]);
    notify(context, 'error', `What the page is shipped with is not shown: ${messageOf(error)}`);
  }
}

async function opened(text: string, name: string): Promise<ResultFile> {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    throw new Error(`${name} is cut off.`);
  }
  return readResultFile((await openSealed(text, said, name)).value, name);
}
