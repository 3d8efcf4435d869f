import type { Context } from './context.ts';

/**
 * Whoever comes to what a network dreams sees samples, where its prior is there already. Once for each state of its synapses: given up or
 * refused, they wait to be asked for, and so they do where a prior has yet to be fitted, which takes time, or data.
 */
export function sampleFirst({ store }: Context, { sample }: { sample(): Promise<void> }): void {
  let asked: unknown = null;
  const look = () => {
    const { setUp, sampleView, samples, model, weightsVersion, activity } = store.getState();
    if (setUp.mode !== 'sample' || sampleView !== 'samples' || samples !== null) return;
    if (model?.hasPrior !== true || activity === 'training') return;
    const which = `${model.title}, ${weightsVersion}`;
    if (which === asked) return;
    asked = which;
    void sample();
  };
  store.subscribe(look);
}
