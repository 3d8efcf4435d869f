import type { Context } from '../context.ts';
import { ask, notify } from '../context.ts';
import { isBlank, OWN_DRAWING } from '../drawing.ts';
import { latestOnly } from '../latestOnly.ts';
import type { Given, WalkEnds } from '../slices/latents.ts';

/** Pictures of a walk, both ends included. */
export const WALK = 41;

/** Walks from the code of one picture to that of another, and codes driven by hand. */
export function codeActions(context: Context) {
  const { store } = context;

  const drawn = (): Given | null => {
    const { pixels, origin } = store.getState().drawing.present;
    if (!isBlank({ pixels })) return { pixels, origin: origin || OWN_DRAWING };
    notify(context, 'info', 'The canvas is empty: draw something, or take a test image.');
    return null;
  };
  const tested = async (): Promise<Given | null> => {
    const example = await ask(context, { type: 'example' });
    if (example === null) return null;
    const name = store.getState().data?.classNames[example.label];
    return { pixels: example.pixels, origin: name === undefined ? 'a test image' : `a test image, “${name}”` }; // prettier-ignore
  };
  const given = async (source: 'drawing' | 'test') => (source === 'drawing' ? drawn() : tested());

  const walk = async () => {
    const { from, to } = store.getState().walkEnds;
    if (from === null || to === null) return;
    const pictures = { from: from.pixels.slice(), to: to.pixels.slice() };
    const report = await ask(context, { type: 'walk', ...pictures, count: WALK });
    const { walkEnds } = store.getState();
    if (report !== null && walkEnds.from === from && walkEnds.to === to)
      store.setState({ walk: report });
  };

  const drive = async (start: Given) => {
    const code = await ask(context, { type: 'code', pixels: start.pixels.slice() });
    if (code === null) return;
    const { values, picture } = code;
    store.setState({ driven: { given: start, start: code, values, picture } });
  };
  const show = latestOnly(async (values: Float32Array) => {
    const before = store.getState().driven;
    const told = await ask(context, { type: 'decode', values: values.slice() });
    const { driven } = store.getState();
    if (told !== null && driven !== null && driven.start === before?.start)
      store.setState({ driven: { ...driven, picture: told.picture } });
  });

  return {
    /** Chooses an end of the walk. */
    async setWalkEnd(end: keyof WalkEnds, source: 'drawing' | 'test') {
      const picture = await given(source);
      if (picture === null) return;
      store.setState(({ walkEnds }) => ({ walkEnds: { ...walkEnds, [end]: picture } }));
      await walk();
    },
    /** Walks the same way with the synapses of now; ends that nobody chose are the drawing, or test images. */
    async walkAgain() {
      const { walkEnds, drawing } = store.getState();
      const first = isBlank(drawing.present) ? 'test' : 'drawing';
      const from = walkEnds.from ?? (await given(first));
      const to = walkEnds.to ?? (await given('test'));
      store.setState({ walkEnds: { from, to } });
      await walk();
    },
    /** Begins to drive the top layer from the code of a picture. */
    async driveFrom(source: 'drawing' | 'test' | Given) {
      const start = typeof source === 'string' ? await given(source) : source;
      if (start !== null) await drive(start);
    },
    /** Sets the activity of one neuron. */
    async driveNeuron(index: number, value: number) {
      const { driven } = store.getState();
      if (driven === null) return;
      const values = driven.values.slice();
      values[index] = value;
      store.setState({ driven: { ...driven, values } });
      await show(values);
    },
    /** Back to the code as it was. */
    async resetDriven() {
      const { driven } = store.getState();
      if (driven === null) return;
      const { values, picture } = driven.start;
      store.setState({ driven: { ...driven, values, picture } });
      await show(values);
    },
  };
}
