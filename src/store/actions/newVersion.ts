import type { NewVersion } from '../../offline/registration.ts';
import type { Context } from '../context.ts';

/** Keeping the page for use without a network, and going over to a new version of it: never by itself. */
export function newVersionActions({ store, environment }: Context) {
  let waiting: NewVersion | null = null;
  return {
    /** Has the browser keep the page, and hears of new versions. */
    keepPage: () =>
      environment.keepPage((version) => {
        waiting = version;
        store.setState({ newVersion: 'ready' });
      }),
    /** Goes over to the version that waits. Not while a network learns, and not under another tab. */
    async reloadToNewVersion() {
      const { activity, labRun } = store.getState();
      if (waiting === null || activity === 'training' || labRun !== null) return;
      store.setState({ newVersion: 'coming' });
      const answer = await waiting.takeOver();
      if (answer === 'taken') environment.reload();
      else store.setState({ newVersion: answer });
    },
  };
}
