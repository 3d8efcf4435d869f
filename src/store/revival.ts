import type { DatasetReport } from '../protocol/reports.ts';
import type { RestoredReport } from '../protocol/safe.ts';
import type { Actions } from './actions.ts';
import type { Context } from './context.ts';
import { ask } from './context.ts';
import type { Keepsakes } from './keepsakes.ts';

/** Gives a new engine what the one before had. */
export interface Revival {
  /** The networks, and the images that they learn from. Null where there were none, or they could not be had. */
  restore(before: DatasetReport | null): Promise<RestoredReport | null>;
}

export function createRevival(
  context: Context,
  keepsakes: Keepsakes,
  { network }: Pick<Actions, 'network'>,
): Revival {
  const { store } = context;

  /** Images that a person opened and did not keep: their files are read once more. */
  const reopen = async (): Promise<DatasetReport | null> => {
    const { opened } = context;
    if (opened === null) return null;
    const { files, folders, change } = opened;
    const report = await ask(context, { type: 'stageImages', files, folders });
    return (
      report && ask(context, { type: 'useImages', staged: report.staged, change, keep: false })
    );
  };

  const images = async ({ dataset, own }: DatasetReport): Promise<void> => {
    if (own === undefined) return network.selectDataset(dataset);
    const data =
      own === null ? await reopen() : await ask(context, { type: 'openOwnSet', id: own });
    if (data !== null) store.setState({ data });
  };

  return {
    async restore(before) {
      const { networks } = keepsakes;
      if (networks.length === 0) return null;
      // Runs go on where their images are in use.
      if (before !== null) await images(before);
      return ask(context, { type: 'restore', networks });
    },
  };
}
