import { knownAsCsv } from '../../experiments/csv.ts';
import type { Experiment } from '../../experiments/experiment.ts';
import { ownUnder } from '../../experiments/layers.ts';
import type { ResultFile } from '../../experiments/result.ts';
import { RESULT_VERSION } from '../../experiments/result.ts';
import { sealedJson } from '../../experiments/sealed.ts';
import type { Context } from '../context.ts';
import { notify } from '../context.ts';
import { unmade } from '../pictureAbout.ts';

/** Taking results away: as files, and as the command that makes them again. */
export function exportActions(context: Context) {
  const { store, environment } = context;

  const download = (text: string, name: string) => {
    environment.download(new TextEncoder().encode(text).buffer, name);
    notify(context, 'info', `Saved as ${name}, where this browser puts downloads.`);
  };
  return {
    /** Every number that is known of an experiment, the paper's, ours and the reader's own, as a table. */
    exportCsv(experiment: Experiment) {
      const { labShipped, labOwn } = store.getState();
      const known = { shipped: labShipped[experiment.id] ?? [], own: labOwn[experiment.id] ?? [] };
      download(knownAsCsv(experiment, known), `${experiment.id}.csv`);
    },
    /** The results that were run here under the budget; where there are none, those that the page is shipped with. */
    async exportJson({ id }: Experiment) {
      const { labShipped, labOwn, setUp } = store.getState();
      const own = ownUnder(labOwn[id] ?? [], setUp.budget);
      const results = own.length > 0 ? own : (labShipped[id] ?? []);
      if (results.length === 0)
        return notify(context, 'info', 'There are no results yet: run a cell first.');
      const file: ResultFile = {
        ...{ format: 'ngc-lab', version: RESULT_VERSION },
        ...{ experiment: id, results },
      };
      download(await sealedJson(file), `${id}.json`);
    },
    /** A picture that is drawn as text; null: there is nothing to draw. */
    async exportSvg({ id, title }: Experiment, draw: () => Promise<string | null>) {
      try {
        const text = await draw();
        if (text === null)
          return notify(context, 'info', 'There is nothing to draw yet: run a cell first.');
        download(text, `${id}.svg`);
      } catch (error) {
        notify(context, 'error', unmade(title, error));
      }
    },
    /** Copies a command. */
    async copyCommand(command: string) {
      try {
        await environment.copy(command);
        notify(context, 'info', `Copied: ${command}`);
      } catch {
        notify(context, 'info', `This browser does not let the page copy; the command is: ${command}`); // prettier-ignore
      }
    },
  };
}
