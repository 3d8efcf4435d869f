import type { Context } from '../context.ts';
import { ask } from '../context.ts';
import { DRAWN, KEPT } from '../imaginings.ts';
import type { DrawingActions } from './drawing.ts';

/** Imagining what the drawing hides. */
export function imaginingActions(context: Context, drawing: DrawingActions) {
  const { store, episode } = context;
  /** Imagines other wholes that fit what is seen; the same set-up gives the same row of them. What is under way is given up. */
  const imagine = async () => {
    if (!(await drawing.ensureInput())) return;
    const { imaginingSeed, setUp, lesions, model, drawing: drawn } = store.getState();
    if (model === null) return;
    const { pixels, mask } = drawn.present;
    const seed = imaginingSeed === null ? setUp.seed : (imaginingSeed + 1) % 2 ** 31;
    store.setState({ imaginingSeed: seed });
    const report = await ask(context, { type: 'imagine', count: DRAWN, keep: KEPT, seed });
    if (report === null || store.getState().model?.title !== model.title) return;
    const of = { pixels, mask, lesions, config: model.config };
    store.setState({ imaginings: { report, of } });
  };
  return {
    imagine,
    /** The same, asked for: the strip comes to where one sees it. */
    async imagineAgain() {
      store.setState(({ setUp, pin }) =>
        setUp.density === 'story'
          ? { pin: null }
          : { pin, setUp: { ...setUp, panel: 'imaginings' } },
      );
      await imagine();
    },
    /** The drawing's episode begins anew where one of those imagined began, and settles to it; null: from zero, as ever. */
    async takeImagining(index: number | null) {
      episode.recall(null);
      // What is watched live begins nowhere: an imagining is settled to its end.
      store.setState({ autoplay: true, ...(index !== null && { live: false }) });
      if (await drawing.ensureInput()) await ask(context, { type: 'takeImagining', index });
    },
  };
}
