import { cellsOf } from '../../experiments/cells.ts';
import type { Budget, Cell, Experiment } from '../../experiments/experiment.ts';
import type { Place } from '../../experiments/layers.ts';
import { ownUnder } from '../../experiments/layers.ts';
import type { LabClient } from '../../client/client.ts';
import { RequestError } from '../../client/client.ts';
import type { CellResult } from '../../experiments/result.ts';
import type { LabRequest, LabRequestOf, LabResults } from '../../protocol/lab.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Context } from '../context.ts';
import { notify } from '../context.ts';
import { added, failedKey, grouped } from '../labResults.ts';
import { createFallback, saidOf } from '../fallback.ts';
import type { FileActions } from './files.ts';
import { exportActions } from './labExports.ts';
import type { NetworkActions } from './network.ts';
import type { RunActions } from './running.ts';
import { loadShipped } from '../labShipped.ts';
import { SIDE_BY_SIDE } from '../labViews.ts';
import type { SetUp, Variant } from '../urlState.ts';

/** While something runs the page looks so often (ms) how far it is. */
const LOOK_EVERY = 300;

/** Everything the user can do in the Lab. */
export function labActions(
  context: Context,
  {
    files,
    network,
    running,
  }: {
    readonly files: FileActions;
    readonly network: Pick<NetworkActions, 'selectModel'>;
    readonly running: RunActions;
  },
) {
  const { store, environment } = context;
  const setUp = (change: Partial<SetUp>) =>
    store.setState((state) => ({ setUp: { ...state.setUp, ...change } }));
  let client: LabClient | null = null;
  /** Whether cells are being run: then another worker takes the place of one that is lost. */
  let runs = false;
  /** Why the worker of a run is no more, until another goes on with it. */
  let lost: string | null = null;
  const fallback = createFallback();
  /** Whether this browser keeps what is run. */
  let lasting = true;
  /** How many of the worker's finished results the page holds. */
  let have = 0;

  const spawned = (): LabClient => {
    if (client) return client;
    const worker = (client = environment.spawnLab());
    have = 0;
    worker.onFailure((sentence) => {
      if (worker !== client) return;
      client = null;
      if (runs) return void (lost = sentence);
      store.setState({ labWorker: 'failed', labRun: null, labTurning: null });
      notify(context, 'error', `${sentence} What was finished is kept; run again to go on.`);
    });
    return worker;
  };

  /** Asks the Lab's worker; a refusal is said, and answers null. */
  const ask = async <R extends LabRequest>(request: R): Promise<LabResults[R['type']] | null> => {
    try {
      return await spawned().request(request);
    } catch (error) {
      const kind = error instanceof RequestError ? error.kind : 'bug';
      // A device that is lost takes the numerics of the whole worker along.
      if (kind === 'backend' && client !== null && store.getState().labRun?.cell) {
        client.close();
        client = null;
        lost = messageOf(error);
      }
      if (kind !== 'cancelled' && client !== null) notify(context, 'error', messageOf(error));
      return null;
    }
  };

  /** Looks once how far the run is, and takes what has finished. */
  const look = async (running: boolean) => {
    const told = await ask({ type: 'pull', have });
    if (told === null) return;
    have += told.results.length;
    for (const notice of told.notices) notify(context, 'info', notice);
    store.setState(({ labOwn, labRun, labTurning, labFailed }) => ({
      labOwn: added(labOwn, told.results),
      labRun: running ? (told.run ?? labRun) : null,
      labTurning: labTurning === 'starting' && told.run !== null ? null : labTurning,
      labFailed: Object.assign({ ...labFailed }, ...failuresOf(told.run)) as typeof labFailed,
    }));
  };

  /** What was run here before; the worker is a light one until something is run. */
  const open = async () => {
    const { labWorker } = store.getState();
    if (labWorker === 'opening' || labWorker === 'ready') return;
    store.setState({ labWorker: 'opening' });
    const kept = await ask({ type: 'open', base: environment.base });
    if (kept === null) return store.setState({ labWorker: 'failed' });
    store.setState(({ labOwn }) => ({ labWorker: 'ready', labOwn: added(labOwn, kept.results) }));
    lasting = kept.lasting;
  };

  /** Runs cells; those that have a result are passed over, what was begun goes on. */
  const run = async (experiment: Experiment, chosen: (cell: Cell) => boolean) => {
    const { setUp: now, labRun, labTurning } = store.getState();
    if (labRun !== null || labTurning !== null) return;
    await open();
    const { budget, backend } = now;
    const cells = cellsToRun(experiment, budget).filter(chosen);
    if (cells.length === 0) return;
    if (!lasting) notify(context, 'info', 'This browser keeps nothing for this page: results last until it is closed.', { topic: 'labPlace' }); // prettier-ignore
    const keys = cells.map(({ key }) => key);
    const forgotten = new Set(keys.map((key) => failedKey(experiment.id, key)));
    store.setState(({ labFailed }) => ({
      labTurning: 'starting',
      labFailed: Object.fromEntries(Object.entries(labFailed).filter(([key]) => !forgotten.has(key))), // prettier-ignore
    }));
    const request = { type: 'run', experiment: experiment.id, budget, backend } as const;
    runs = true;
    await askToRun({ ...request, cells: keys, mirrors: store.getState().mirrors });
    while (lost !== null && (await startAgain(lost))) {
      const left = new Set(cellsToRun(experiment, budget).map(({ key }) => key));
      const { level } = fallback;
      const again = { ...request, ...level, cells: keys.filter((key) => left.has(key)) };
      if (again.cells.length === 0) break;
      await askToRun({ ...again, mirrors: store.getState().mirrors });
    }
    runs = false;
    lost = null;
    store.setState({ labRun: null, labTurning: null });
  };

  /** Runs cells in the worker until they have ended, or it is lost; meanwhile looks how far it is. */
  const askToRun = async (request: LabRequestOf<'run'>) => {
    lost = null;
    let over = false;
    fallback.started(environment.now());
    const ended = ask(request);
    void ended.finally(() => (over = true));
    while (!over) {
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, LOOK_EVERY))]);
      if (!over) await look(true);
    }
    if (lost === null) await look(false);
  };

  /** Another worker in place of one that was lost under a run, and a sentence that says so. False where it was lost too often, or nobody wants it. */
  const startAgain = async (why: string): Promise<boolean> => {
    const { labRun, labTurning } = store.getState();
    if (labTurning === 'stopping') return false;
    const next = fallback.lost(environment.now(), store.getState().backend);
    if (next === 'enough') {
      store.setState({ labWorker: 'failed' });
      notify(context, 'error', `${why} What was finished is kept; run again to go on.`);
      return false;
    }
    store.setState({ labWorker: 'off', labRun: labRun && { ...labRun, cell: null } });
    await open();
    if (store.getState().labWorker === 'failed') return startAgain(lost ?? why);
    const { level } = fallback;
    const how = next === 'simpler' && level ? ` again and again: it computes ${saidOf(level)} now` : ' and was started again'; // prettier-ignore
    notify(context, 'info', `The Lab stopped${how}; what was finished is kept, and the cell under way goes on where it was kept last.`, { topic: 'recovered', details: [why] }); // prettier-ignore
    return true;
  };

  /** The cells of a budget that have no result here yet. */
  const cellsToRun = (experiment: Experiment, budget: Budget): readonly Cell[] => {
    const own = ownUnder(store.getState().labOwn[experiment.id] ?? [], budget);
    const done = new Set(own.map(({ key }) => key));
    return cellsOf(experiment, budget).filter(({ key }) => !done.has(key));
  };

  const exporting = exportActions(context);

  return {
    ...exporting,
    /** Shows an experiment, or all models side by side. */
    openExperiment: (experiment: string) => {
      if (experiment === store.getState().setUp.experiment) return;
      setUp({ experiment });
      store.setState({ labPlace: null });
    },
    setBudget: (budget: Budget) => setUp({ budget }),
    /** Gets what an experiment is shipped with, and what was run here, if that has not been tried. */
    async visitLab(experiment: string) {
      await Promise.all([
        open(),
        experiment === SIDE_BY_SIDE ? null : loadShipped(context, experiment),
      ]);
    },
    /** Opens the cells of a place; null closes them. */
    openPlace: (labPlace: Place | null) => store.setState({ labPlace }),
    cellsToRun,
    runAll: (experiment: Experiment) => run(experiment, () => true),
    runRow: (experiment: Experiment, row: string) => run(experiment, (cell) => cell.row === row),
    runPlace: (experiment: Experiment, { row, dataset }: Place) =>
      run(experiment, (cell) => cell.row === row && cell.dataset === dataset),
    /** Stops the run; what is finished and a checkpoint of what was under way are kept. */
    async stopLab() {
      if (store.getState().labRun === null) return;
      store.setState({ labTurning: 'stopping' });
      await ask({ type: 'stop' });
    },
    /** Removes what was run here of an experiment; it can be brought back. */
    async removeResults(experiment: string) {
      const removed = await ask({ type: 'remove', experiment });
      if (removed === null) return;
      store.setState(({ labOwn }) => ({ labOwn: { ...labOwn, [experiment]: [] } }));
      const count = removed.results === 1 ? '1 result' : `${removed.results} results`;
      notify(context, 'info', `${count} of yours removed.`, {
        topic: 'labRemoved',
        offer: 'restoreResults',
      });
    },
    async restoreResults() {
      const restored = await ask({ type: 'restore' });
      if (restored === null) return;
      store.setState(({ labOwn }) => ({ labOwn: { ...labOwn, ...grouped(restored.results) } }));
    },
    /** Whether a result was run here: then its model lies in this browser. */
    isOwn: (result: CellResult) => store.getState().labOwn[result.experiment]?.includes(result) ?? false, // prettier-ignore
    /** Shows the network of a kind that the page brings where one sees it settle. */
    async openPretrained(variant: Variant) {
      await network.selectModel(variant, 'pretrained');
      await running.setMode('complete');
    },
    /** Opens the network of a result that was run here where one sees it settle. */
    async openInTheatre(name: string, title: string) {
      const model = await ask({ type: 'model', name });
      if (model === null) return;
      await files.openFiles([new File([model.bytes], `${title}.safetensors`)]);
      await running.setMode('complete');
    },
  };
}

/** The cells that could not be run, by their names in the state. */
function failuresOf(run: LabResults['pull']['run']): readonly Record<string, string>[] {
  if (run === null) return [];
  return run.failed.map(({ key, reason }) => ({ [failedKey(run.experiment, key)]: reason }));
}
