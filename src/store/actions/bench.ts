import type { Context } from '../context.ts';
import { ask, notify } from '../context.ts';

/** The benchmark: opened, run, shown, copied. */
export function benchActions(context: Context) {
  const { store, environment } = context;
  return {
    openBench: (benchOpen: boolean) => store.setState({ benchOpen }),
    /** Times every way of computing there is here; what was timed before stays until there is something new. */
    async runBench() {
      const report = await ask(context, { type: 'bench' });
      if (report !== null) store.setState({ benchReport: report });
    },
    /** Copies what the benchmark found, as JSON. */
    async copyBench() {
      const { benchReport, backend } = store.getState();
      try {
        await environment.copy(JSON.stringify({ backend, ...benchReport }, null, 2));
        notify(context, 'info', 'The benchmark is copied.');
      } catch {
        notify(
          context,
          'error',
          'This browser does not let the page copy; select the table instead.',
        );
      }
    },
  };
}
