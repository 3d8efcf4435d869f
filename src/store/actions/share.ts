import type { Context } from '../context.ts';
import { notify } from '../context.ts';
import type { Address } from '../address.ts';

/** Handing the set-up to others. */
export function shareActions(context: Context, address: Pick<Address, 'keep'>) {
  const { store, environment } = context;
  return {
    /** Copies the address of this set-up; where that is forbidden, shows it. */
    async share() {
      address.keep();
      try {
        await environment.copy(environment.href());
        notify(context, 'info', 'The link to this set-up is copied.');
      } catch {
        store.setState({ sharedLink: environment.href() });
      }
    },
    closeShared: () => store.setState({ sharedLink: null }),
  };
}
