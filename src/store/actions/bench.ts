import type { Context } from '../context.ts';
import { ask } from '../context.ts';

/** The benchmark: opened, run, shown. */
export function benchActions(context: Context) {
  const { store } = context;
  return {
    openBench: (benchOpen: boolean) => store.setState({ benchOpen }),
    /** Times every way of computing there is here; what was timed before stays until there is something new. */
    async runBench() {
      const report = await ask(context, { type: 'bench' });
      if (report !== null) store.setState({ benchReport: report });
    },
  };
}
