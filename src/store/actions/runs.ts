import type { RunCard, RunsReport } from '../../protocol/runs.ts';
import { grouped } from '../../shared/grouped.ts';
import type { Context } from '../context.ts';
import { ask, notify } from '../context.ts';
import { curvesCsv } from '../curvesCsv.ts';
import { matricesOf } from '../matrices.ts';
import type { NetworkActions } from './network.ts';
import type { RunActions } from './running.ts';

/** Where the page remembers which training was open when it was left. */
const OPEN = 'openRun';
/** A training that was left longer ago is not spoken of: it is in the list. */
const TOLD_FOR_MS = 24 * 3_600_000;

/** Trainings that are kept: gone on with, named, copied, taken away and home. */
export function keptRunActions(context: Context, network: NetworkActions, running: RunActions) {
  const { store, environment } = context;
  const take = (report: RunsReport | null) => {
    if (report === null) return null;
    const { runs, lasting, storage } = report;
    const here = new Set(runs.map(({ id }) => id));
    const chosenRuns = store.getState().chosenRuns.filter((id) => here.has(id));
    store.setState({ runs, runsLast: lasting, storage, chosenRuns });
    return report;
  };
  const nameOf = (id: string) => store.getState().runs?.find((run) => run.id === id)?.name ?? '';

  // What was kept last stands first in the list, and is what the next visit goes on with.
  store.subscribe(({ autosave: { card }, runs }, before) => {
    if (card === null || card === before.autosave.card) return;
    if (before.autosave.card === null) void environment.keepStorage();
    environment.memory.write(OPEN, card.id);
    store.setState({
      runs: [card, ...(runs ?? []).filter(({ id }) => id !== card.id)],
      ...(store.getState().cutOff === card.id && { cutOff: null }),
    });
    // A run that learns while it is compared grows.
    void refreshComparison();
  });

  const goOn = async (id: string) => {
    const report = await ask(context, { type: 'goOn', id });
    if (report === null) return;
    const { model, dataset, stop } = report;
    store.setState({ overrides: {}, data: dataset, cutOff: null });
    const { variant } = model.config;
    network.setUp({ model: variant, weights: 'own', seed: model.seed, dataset: dataset.dataset, stop, mode: 'train' }); // prettier-ignore
    network.shown(model);
    await running.applySpeed();
    await running.startTraining();
  };

  const refreshComparison = async () => {
    const { compared, chosenRuns } = store.getState();
    if (compared === null) return;
    const found = await ask(context, { type: 'compareRuns', ids: chosenRuns });
    if (found !== null && store.getState().compared !== null) store.setState({ compared: found });
  };

  return {
    /** What this browser keeps. */
    async listRuns() {
      take(await ask(context, { type: 'runs' }));
    },
    /** At the start: is told when a training was open when the page was last left, and can be gone on with. */
    async tellOfOpenRun() {
      const report = take(await ask(context, { type: 'runs' }));
      const open = environment.memory.read(OPEN);
      const run = report?.runs.find(({ id }) => id === open);
      if (!run || Date.now() - Date.parse(run.saved) > TOLD_FOR_MS) return;
      store.setState({ cutOff: run.id });
      notify(context, 'info', leftOpen(run), { topic: 'openRun', offer: 'goOn' });
    },
    /** Takes a kept training up where it stands, and trains on. */
    goOn,
    /** The training that the page was left with. */
    async goOnWithOpen() {
      const { cutOff } = store.getState();
      if (cutOff !== null) await goOn(cutOff);
    },
    /** Takes a run into the comparison, or out of it. */
    chooseRun(id: string) {
      const { chosenRuns } = store.getState();
      store.setState({
        chosenRuns: chosenRuns.includes(id)
          ? chosenRuns.filter((other) => other !== id)
          : [...chosenRuns, id],
      });
    },
    async compareRuns() {
      store.setState({ compared: [] });
      await refreshComparison();
    },
    endComparison: () => store.setState({ compared: null }),
    async renameRun(id: string, name: string) {
      take(await ask(context, { type: 'renameRun', id, name }));
    },
    async duplicateRun(id: string) {
      take(await ask(context, { type: 'duplicateRun', id }));
    },
    async removeRun(id: string) {
      const name = nameOf(id);
      if (take(await ask(context, { type: 'removeRun', id })) === null) return;
      if (environment.memory.read(OPEN) === id) environment.memory.write(OPEN, null);
      notify(context, 'info', `${name} is deleted.`, { topic: 'removedRun', offer: 'restoreRun' });
    },
    async restoreRun() {
      take(await ask(context, { type: 'restoreRun' }));
    },
    async exportRun(id: string) {
      const file = await ask(context, { type: 'exportRun', id });
      if (file === null) return;
      environment.download(file.bytes, file.name);
      notify(context, 'info', `Saved as ${file.name}, where this browser puts downloads: this page and the command line read it.`); // prettier-ignore
    },
    /** The curves that are on show, as a table. */
    exportCurves() {
      const { model } = store.getState();
      const matrices = model ? matricesOf(model.config).map(({ name }) => name) : [];
      const bytes = new TextEncoder().encode(curvesCsv(context.curves.points, matrices));
      environment.download(bytes.buffer, 'curves.csv');
      notify(context, 'info', 'Saved as curves.csv, where this browser puts downloads.');
    },
  };
}

/** What is said of a training that was open when the page was left. */
function leftOpen({ name, imagesSeen, underway }: RunCard): string {
  const images = grouped(imagesSeen);
  return underway
    ? `The training of ${name} was cut off; it is kept as it was after ${images} images.`
    : `Your training of ${name} is kept, after ${images} images.`;
}
