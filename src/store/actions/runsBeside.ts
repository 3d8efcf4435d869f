import { RequestError } from '../../client/client.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Context } from '../context.ts';
import { ask } from '../context.ts';
import type { Drawing } from '../drawing.ts';
import { BLANK, isBlank } from '../drawing.ts';
import type { OcclusionPreset } from '../occlusion.ts';
import { presetMask } from '../occlusion.ts';
import type { RunsBeside } from '../slices/runsBeside.ts';

/** So many columns at most: more cannot be looked at together, and none is kept in memory that nobody sees. */
export const MOST_BESIDE = 6;

/**
 * Kept runs side by side on the same digit: the page's drawing, or another that is chosen there. Never touches the drawing of the page,
 * its network or its training.
 */
export function runsBesideActions(context: Context) {
  const { store } = context;
  /** Counts pictures: what is answered about an earlier one is not shown. */
  let turn = 0;
  let randomSeed = 1;

  const change = (next: (now: RunsBeside) => Partial<RunsBeside>) =>
    store.setState(({ runsBeside }) => ({
      runsBeside: runsBeside && { ...runsBeside, ...next(runsBeside) },
    }));

  /** Ends what is under way; the number of what comes next. */
  const begin = async (): Promise<number> => {
    const mine = ++turn;
    if (store.getState().runsBeside?.looking) await ask(context, { type: 'endRunLooks' });
    return mine;
  };

  /** Has every run look at a picture, one after the other. */
  const look = async (picture: Drawing) => {
    const mine = await begin();
    if (mine !== turn) return;
    const { pixels, mask } = picture;
    change(() => ({ picture, settled: {}, refused: {}, looking: true }));
    const { completion: how } = store.getState().setUp;
    for (const id of store.getState().runsBeside?.ids ?? []) {
      try {
        const { client } = context;
        if (client === null) throw new Error('The engine is not running.');
        const report = await client.request({ type: 'settleRun', id, pixels, mask, how });
        if (mine !== turn) return;
        change(({ settled }) => ({ settled: { ...settled, [id]: report } }));
      } catch (error) {
        if (mine !== turn) return;
        if (error instanceof RequestError && error.kind === 'cancelled') break;
        change(({ refused }) => ({ refused: { ...refused, [id]: messageOf(error) } }));
      }
    }
    change(() => ({ looking: false }));
  };

  /** A digit from the held-out part of the data, with the same part hidden. */
  const example = async () => {
    const { picture } = store.getState().runsBeside ?? {};
    const { mask, occlusion } = picture ?? store.getState().drawing.present;
    const mine = await begin();
    const report = await ask(context, { type: 'example' });
    if (report === null || mine !== turn) return change(() => ({ looking: false }));
    const name = store.getState().data?.classNames[report.label];
    const origin = name === undefined ? 'an example' : `an example of “${name}”`;
    await look({ pixels: report.pixels, mask, occlusion, origin });
  };

  return {
    /** Sets the runs that are compared before the page's drawing; before an example where that is blank. */
    async openRunsBeside() {
      const ids = (store.getState().compared ?? [])
        .slice(0, MOST_BESIDE)
        .map(({ card }) => card.id);
      const { present } = store.getState().drawing;
      store.setState({
        runsBeside: { ids, picture: null, settled: {}, refused: {}, looking: true },
      });
      await (isBlank(present) ? example() : look(present));
    },
    async closeRunsBeside() {
      await begin();
      store.setState({ runsBeside: null });
    },
    besideExample: example,
    /** The page's drawing again. */
    besideDrawing: () => look(store.getState().drawing.present),
    /** Hides another part of the digit. */
    async besideOcclusion(occlusion: OcclusionPreset) {
      if (occlusion === 'random') randomSeed++;
      const picture = store.getState().runsBeside?.picture ?? BLANK;
      await look({ ...picture, mask: presetMask(occlusion, randomSeed), occlusion });
    },
    /** The same digit once more: runs that have learnt since are kept anew. */
    async lookAgain() {
      const picture = store.getState().runsBeside?.picture;
      if (picture) await look(picture);
    },
    /** Ends settling; what is known stays. */
    async stopLooking() {
      await begin();
      change(() => ({ looking: false }));
    },
  };
}
