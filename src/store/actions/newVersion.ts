import type { NewVersion } from '../../offline/registration.ts';
import type { Context } from '../context.ts';

/** Keeping the page for use without a network, and going over to a new version of it: never by itself. */
export function newVersionActions({ store, environment }: Context) {
  let waiting: NewVersion | null = null;
  const learns = () => {
    const { activity, labRun } = store.getState();
    return activity === 'training' || labRun !== null;
  };
  /** A browser may take its time to let go of the old version, and something may have begun to learn meanwhile. */
  const nothingLearns = () =>
    new Promise<void>((done) => {
      const see = () => {
        if (learns()) return;
        stop();
        done();
      };
      const stop = store.subscribe(see);
      see();
    });
  return {
    /** Has the browser keep the page, and hears of new versions. */
    keepPage: () =>
      environment.keepPage((version) => {
        waiting = version;
        store.setState({ newVersion: 'ready' });
      }),
    /** Goes over to the version that waits. Not while a network learns, and not under another tab. */
    async reloadToNewVersion() {
      if (waiting === null || learns()) return;
      store.setState({ newVersion: 'coming' });
      const answer = await waiting.takeOver();
      if (answer !== 'taken') {
        store.setState({ newVersion: answer });
        return;
      }
      await nothingLearns();
      environment.reload();
    },
  };
}
