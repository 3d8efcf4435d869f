import type { Budget } from '../../experiments/experiment.ts';
import type { Context } from '../context.ts';
import type { Place } from '../../experiments/layers.ts';
import { loadShipped } from '../labShipped.ts';
import { SIDE_BY_SIDE } from '../labViews.ts';
import type { SetUp } from '../urlState.ts';

/** What is looked at in the Lab. */
export function labActions(context: Context) {
  const { store } = context;
  const setUp = (change: Partial<SetUp>) =>
    store.setState((state) => ({ setUp: { ...state.setUp, ...change } }));
  return {
    /** Shows an experiment, or all models side by side. */
    openExperiment: (experiment: string) => {
      if (experiment === store.getState().setUp.experiment) return;
      setUp({ experiment });
      store.setState({ labPlace: null });
    },
    setBudget: (budget: Budget) => setUp({ budget }),
    /** Gets what an experiment is shipped with, if that has not been tried. */
    async fetchShipped(experiment: string) {
      if (experiment !== SIDE_BY_SIDE) await loadShipped(context, experiment);
    },
    /** Opens the cells of a place; null closes them. */
    openPlace: (labPlace: Place | null) => store.setState({ labPlace }),
  };
}
