import type { ImageChange } from '../../protocol/data.ts';
import type { Context, OpenedFiles } from '../context.ts';
import { ask, notify } from '../context.ts';
import { latestOnly } from '../latestOnly.ts';
import type { StagedImages } from '../slices/ownData.ts';
import type { DrawingActions } from './drawing.ts';
import type { NetworkActions } from './network.ts';

/** Images of a person's own: opened, looked at, changed, used or let go. */
export function imageActions(context: Context, network: NetworkActions, drawing: DrawingActions) {
  const { store } = context;
  const change = (next: Partial<StagedImages>) => {
    const { stagedImages } = store.getState();
    if (stagedImages) store.setState({ stagedImages: { ...stagedImages, ...next } });
  };
  /** Has the engine show some of them as they are to be; of several ways asked for in a row the last is shown. */
  const lookAt = latestOnly(async (wanted: ImageChange) => {
    const { stagedImages } = store.getState();
    if (stagedImages === null) return;
    const { staged } = stagedImages.report;
    const look = await ask(context, { type: 'lookAtImages', staged, change: wanted });
    if (look !== null && store.getState().stagedImages?.report.staged === staged) change({ look });
  });
  const letGo = async () => {
    store.setState({ stagedImages: null });
    await ask(context, { type: 'letImagesGo' });
  };

  let staged: Pick<OpenedFiles, 'files' | 'folders'> | null = null;

  return {
    /** Reads images, and opens them to be looked at; nothing is learnt from them yet. */
    async stageImages(files: readonly File[], folders: readonly string[]) {
      const report = await ask(context, { type: 'stageImages', files, folders });
      if (report === null) return;
      staged = { files, folders };
      const { usual } = report;
      store.setState({
        stagedImages: { report, change: usual, keep: false, look: null },
        dataView: null,
      });
      await lookAt(usual);
    },
    /** Changes how they will be. */
    async changeImages(wanted: Partial<ImageChange>) {
      const { stagedImages } = store.getState();
      if (stagedImages === null) return;
      const next = { ...stagedImages.change, ...wanted };
      change({ change: next });
      await lookAt(next);
    },
    /** Whether they stay in this browser once they are used. */
    keepImages: (keep: boolean) => change({ keep }),
    /** Takes them as the dataset. */
    async useImages() {
      const { stagedImages } = store.getState();
      if (stagedImages === null) return;
      const { report, change: wanted, keep } = stagedImages;
      const asked = { staged: report.staged, change: wanted, keep };
      const data = await ask(context, { type: 'useImages', ...asked });
      if (data === null) return;
      context.opened = staged && { ...staged, change: wanted };
      network.setUp({ dataset: data.dataset });
      store.setState({ data, stagedImages: null });
      if (keep) void context.environment.keepStorage();
      const kept = keep ? ' They are kept in this browser.' : '';
      notify(context, 'info', `Opened ${data.title}: ${data.trainImages} images to learn from.${kept}`); // prettier-ignore
      if (keep) store.setState({ dataReport: await ask(context, { type: 'data' }) });
      if (store.getState().setUp.mode === 'complete') await drawing.takeExample();
    },
    /** Lets them go: the dataset stays the one it was. */
    letImagesGo: letGo,
  };
}

export type ImageActions = ReturnType<typeof imageActions>;
