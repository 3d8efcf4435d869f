import type { PriorForm } from '../../protocol/latents.ts';
import type { Context } from '../context.ts';
import { ask } from '../context.ts';
import { latestOnly } from '../latestOnly.ts';
import type { SampleView } from '../slices/latents.ts';

/** Samples of the prior, the prior itself, and the training images nearest to what was drawn. */
export function samplingActions(context: Context) {
  const { store } = context;
  let lastSeed = 0;

  /** Has the prior told of, unless what is known of it is of these synapses. */
  const tellPrior = async () => {
    const { prior, weightsVersion } = store.getState();
    if (prior?.version === weightsVersion) return;
    const told = await ask(context, { type: 'prior' });
    if (told !== null) store.setState({ prior: told });
  };

  const draw = async (seed: number) => {
    const { sampleCount, temperature, prior, component, weightsVersion } = store.getState();
    // A Gaussian of a prior that is no more cannot be drawn from.
    const only = prior?.version === weightsVersion ? component : null;
    if (only !== component) store.setState({ component: only });
    const report = await ask(context, {
      ...{ type: 'sample', count: sampleCount, seed },
      ...(only !== null && { component: only }),
      ...(temperature !== 1 && { temperature }),
    });
    if (report === null) return;
    lastSeed = seed;
    store.setState({ samples: report, chosenSample: null, nearest: null });
    await tellPrior();
  };
  /** The same draws under what has been chosen since, where there are any. */
  const redraw = latestOnly(async () => {
    if (store.getState().samples !== null) await draw(lastSeed);
  });

  const nearestTo = latestOnly(async (index: number) => {
    const pixels = sampleAt(index);
    if (pixels === null) return;
    const nearest = await ask(context, { type: 'nearest', pixels });
    if (nearest !== null && store.getState().chosenSample === index && sameAs(pixels, index))
      store.setState({ nearest });
  });
  const sampleAt = (index: number): Float32Array | null => {
    const { samples } = store.getState();
    if (samples === null || index >= samples.count) return null;
    const size = samples.pixels.length / samples.count;
    return samples.pixels.slice(index * size, (index + 1) * size);
  };
  /** Whether the sample at a place still is this one. */
  const sameAs = (pixels: Float32Array, index: number) => {
    const now = sampleAt(index);
    return now !== null && pixels.every((value, i) => value === now[i]);
  };

  return {
    /** Draws other samples: every time others, and for the same set-up the same row of them. */
    async sample() {
      store.setState({ sampleView: 'samples' });
      const { samples, setUp } = store.getState();
      await draw(samples === null ? setUp.seed : lastSeed + 1);
    },
    setSampleCount: (sampleCount: number) => store.setState({ sampleCount }),
    showSampleView: (sampleView: SampleView) => store.setState({ sampleView }),
    /** The same draws, nearer to the means of their Gaussians, or farther. */
    async setTemperature(temperature: number) {
      store.setState({ temperature });
      await redraw(null);
    },
    /** Draws from one Gaussian only, or (null) from all. */
    async chooseComponent(component: number | null) {
      store.setState({ component });
      await redraw(null);
    },
    /** Fits another prior; null: the one that came with the model, or that the page fits by itself. Cancelled, it stays. */
    async choosePrior(form: PriorForm | null) {
      const prior = await ask(context, { type: 'prior', form });
      if (prior === null) return;
      store.setState({ prior, component: null });
      await redraw(null);
    },
    /** Looks at one sample, and for the training image nearest to it; null: at none. */
    async chooseSample(chosenSample: number | null) {
      store.setState({ chosenSample, nearest: null });
      if (chosenSample !== null) await nearestTo(chosenSample);
    },
  };
}

export type SamplingActions = ReturnType<typeof samplingActions>;
