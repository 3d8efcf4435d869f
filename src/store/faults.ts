import { messageOf } from '../shared/errors.ts';
import type { Context } from './context.ts';
import { notify } from './context.ts';

/** Tells the user, once, that something in the page itself has failed: what moves every frame may fail every frame. */
export function tellOfFaults(context: Context): void {
  let told = false;
  context.environment.onFault((error) => {
    if (told) return;
    told = true;
    const what = messageOf(error).replace(/\.*$/, '');
    notify(
      context,
      'error',
      `A part of this page failed: ${what}. If it stands still, reload it: the address keeps the set-up.`,
    );
  });
}
