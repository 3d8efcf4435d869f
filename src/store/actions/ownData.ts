import type { DataReport, DrawingsReport } from '../../protocol/data.ts';
import type { DatasetId, DatasetReport } from '../../protocol/reports.ts';
import type { Context } from '../context.ts';
import { ask, notify } from '../context.ts';
import type { DataView } from '../slices/ownData.ts';
import type { DrawingActions } from './drawing.ts';
import type { NetworkActions } from './network.ts';

/** Where the page remembers whether variations of drawings are learnt from. */
const VARY = 'varyDrawings';

/** What a person keeps in this browser: drawings, datasets. */
export function ownDataActions(context: Context, network: NetworkActions, drawing: DrawingActions) {
  const { store, environment } = context;

  const take = (report: DataReport | null) => {
    if (report !== null) store.setState({ dataReport: report });
    return report !== null;
  };
  const refresh = async () => take(await ask(context, { type: 'data' }));

  const takeDrawings = (report: DrawingsReport | null) => {
    if (report === null) return false;
    store.setState(({ dataReport }) => ({
      drawings: report,
      dataReport: dataReport && { ...dataReport, drawings: report.drawings.length },
    }));
    return true;
  };
  /** Those that are learnt from are others now. */
  const refreshDataset = async () => {
    const { data, setUp, drawings } = store.getState();
    const enough = drawings !== null && drawings.drawings.length >= drawings.least;
    if (data?.dataset === 'drawings' && setUp.dataset === 'drawings' && enough)
      await network.selectDataset('drawings');
  };

  // What another page has drawn or deleted is seen here too.
  store.subscribe(({ elsewhere, drawings }, before) => {
    if (elsewhere.data === before.elsewhere.data) return;
    if (drawings === null) void refresh();
    else void ask(context, { type: 'drawings' }).then(takeDrawings);
  });

  const inUse = async (data: DatasetReport | null) => {
    if (data === null) return;
    network.setUp({ dataset: data.dataset });
    store.setState({ data, dataView: null });
    if (store.getState().setUp.mode === 'complete') await drawing.takeExample();
  };

  return {
    /** Opens a view of the data, or closes it. */
    async showData(dataView: DataView) {
      store.setState({ dataView, removedSet: null, removedDrawing: null });
      if (dataView === 'datasets') await refresh();
      if (dataView === 'drawings') takeDrawings(await ask(context, { type: 'drawings' }));
    },
    /** At the start: how many drawings there are, and which images are kept. */
    async lookAtData() {
      store.setState({ varyDrawings: environment.memory.read(VARY) === 'yes' });
      await refresh();
    },

    /** All drawings that are kept. */
    async listDrawings() {
      takeDrawings(await ask(context, { type: 'drawings' }));
    },
    /** Keeps what is on the canvas, under a label. Whether it was. */
    async addDrawing(label: string): Promise<boolean> {
      const { pixels } = store.getState().drawing.present;
      const report = await ask(context, { type: 'addDrawing', pixels: pixels.slice(), label });
      if (!takeDrawings(report) || report === null) return false;
      const count = report.drawings.length;
      if (count === 1) void environment.keepStorage();
      const kept = `Kept as “${report.drawings.at(-1)?.label ?? label}”: you have ${count} drawing${count === 1 ? '' : 's'}.`; // prettier-ignore
      notify(context, 'info', kept, { topic: 'drawings' });
      if (store.getState().dataReport === null) await refresh();
      await refreshDataset();
      return true;
    },
    async removeDrawing(id: string) {
      const label = store.getState().drawings?.drawings.find((one) => one.id === id)?.label ?? '';
      if (!takeDrawings(await ask(context, { type: 'removeDrawing', id }))) return;
      store.setState({ removedDrawing: label });
      await refreshDataset();
    },
    async restoreDrawing() {
      if (!takeDrawings(await ask(context, { type: 'restoreDrawing' }))) return;
      store.setState({ removedDrawing: null });
      await refreshDataset();
    },
    /** Whether small variations of drawings are learnt from too. */
    async setVaryDrawings(varyDrawings: boolean) {
      store.setState({ varyDrawings });
      environment.memory.write(VARY, varyDrawings ? 'yes' : null);
      await refreshDataset();
    },
    /** Takes the drawings as the dataset. */
    async useDrawings() {
      await network.selectDataset('drawings');
      const { data, setUp } = store.getState();
      if (data?.dataset !== 'drawings') return;
      store.setState({ dataView: null });
      const next = setUp.mode === 'train' ? '' : ' Switch to Train and press “Start training”.';
      notify(context, 'info', `A network learns from your drawings now.${next}`);
    },

    /** Fetches a published dataset and keeps it in this browser. */
    async keepDataset(dataset: DatasetId) {
      store.setState({ fetching: dataset });
      const kept = take(await ask(context, { type: 'keepDataset', dataset }));
      store.setState({ fetching: null });
      if (kept) void environment.keepStorage();
      // What has arrived of one that was cut off is there to be gone on with.
      else await refresh();
    },
    async unkeepDataset(dataset: DatasetId) {
      take(await ask(context, { type: 'unkeepDataset', dataset }));
    },
    async openOwnSet(id: string) {
      await inUse(await ask(context, { type: 'openOwnSet', id }));
    },
    async removeOwnSet(id: string) {
      const title = store.getState().dataReport?.own.find((set) => set.id === id)?.title ?? '';
      if (take(await ask(context, { type: 'removeOwnSet', id })))
        store.setState({ removedSet: title });
    },
    async restoreOwnSet() {
      if (take(await ask(context, { type: 'restoreOwnSet' }))) store.setState({ removedSet: null });
    },
  };
}
