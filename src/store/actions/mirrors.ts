import type { DatasetId } from '../../protocol/reports.ts';
import { DATASETS } from '../../protocol/reports.ts';
import type { Context } from '../context.ts';
import { tell } from '../context.ts';
import type { NetworkActions } from './network.ts';

/** Where the page remembers which public mirrors it may ask. */
const MIRRORS = 'mirrors';

/** Tells an engine which public mirrors it may ask: those that were said yes to, here or on an earlier visit. */
export async function tellOfMirrors(context: Context): Promise<void> {
  const { store, environment } = context;
  const kept = environment.memory.read(MIRRORS)?.split(' ') ?? [];
  const before = store.getState().mirrors;
  const mirrors = DATASETS.filter((id) => before.includes(id) || kept.includes(id));
  if (mirrors.length === 0) return;
  store.setState({ mirrors });
  await tell(context, { type: 'allowMirrors', datasets: mirrors });
}

/** Other people's hosts are asked for a dataset only once the user has said so; that is remembered, and can be taken back. */
export function mirrorActions(context: Context, { selectDataset }: NetworkActions) {
  const { store, environment } = context;

  const allow = async (mirrors: readonly DatasetId[]) => {
    store.setState({ mirrors });
    environment.memory.write(MIRRORS, mirrors.length > 0 ? mirrors.join(' ') : null);
    await tell(context, { type: 'allowMirrors', datasets: mirrors });
  };
  const others = (dataset: DatasetId) => store.getState().mirrors.filter((id) => id !== dataset);

  return {
    /** Fetches a dataset from its public mirror, now and whenever it is needed again. */
    async fetchFromMirror(dataset: DatasetId) {
      await allow([...others(dataset), dataset]);
      await selectDataset(dataset);
    },
    /** From now on the mirror is asked no more. */
    forgetMirror: (dataset: DatasetId) => allow(others(dataset)),
    /** Not now: it is offered again when the dataset is chosen again, or the page opened. */
    declineMirror: (declined: DatasetId) => store.setState({ declined }),
  };
}
