import type { Work } from '../lab/work.ts';
import type { Progress } from './progress.ts';
import { breathe, duration } from './progress.ts';
import type { Stop } from './signals.ts';

/** Long work that talks to a terminal, and ends when the process is asked to stop. */
export function terminalWork(progress: Progress, stop: Stop): Work {
  let current = '';
  let started = 0;
  return {
    signal: stop.signal,
    show(label, fraction) {
      if (label !== current) {
        current = label;
        started = performance.now();
      }
      progress.show(fraction, () => {
        const left = ((performance.now() - started) / 1000) * (1 / fraction - 1);
        return `${label}: ${Math.floor(100 * fraction)} %, ${duration(left)} left`;
      });
    },
    async pause() {
      await breathe();
      stop.check();
    },
  };
}
