import type { Address } from '../address.ts';
import type { Context } from '../context.ts';

/** Handing the set-up to others. */
export function shareActions(context: Context, address: Pick<Address, 'keep' | 'bare'>) {
  const { store, environment } = context;
  /** Copies a link of those that are on show; whether this browser let the page do so. */
  const copyShared = async (link: string) => {
    const done = await environment.copy(link).then(
      () => ({ copied: link, refused: false }),
      () => ({ copied: null, refused: true }),
    );
    store.setState(({ sharedLink }) => ({ sharedLink: sharedLink && { ...sharedLink, ...done } }));
  };
  return {
    /** Copies the address of this set-up, and shows it: as a link, and as a code to be read off a wall. */
    async share() {
      address.keep();
      const link = environment.href();
      const bare = `${link.replace(/#.*$/, '')}${address.bare()}`;
      store.setState({ sharedLink: { link, bare, copied: null, refused: false } });
      await copyShared(link);
    },
    copyShared,
    closeShared: () => store.setState({ sharedLink: null }),
  };
}
