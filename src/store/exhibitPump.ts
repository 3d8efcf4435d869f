import type { ExhibitsClient } from '../client/client.ts';
import type { ExhibitsResults } from '../protocol/exhibits.ts';
import type { Context } from './context.ts';

type Report = ExhibitsResults['pull']['slots'][number];

/** After the last that was asked for it looks this often again: what was asked for may take effect a little later. */
const LOOKS = 3;

interface PumpParts {
  client(): ExhibitsClient | null;
  /** The slots to look at, and the versions the page has. */
  wanted(): readonly { readonly slot: number; readonly have: number }[];
  take(reports: readonly Report[]): void;
}

/** Pulls the newest frames once an animation frame, one pull at a time, as long as anything is going on. */
export function createExhibitPump(
  { environment }: Pick<Context, 'environment'>,
  { client, wanted, take }: PumpParts,
): { wake(): void } {
  let isTicking = false;
  let isPulling = false;
  let looks = 0;
  const pull = async () => {
    isPulling = true;
    const slots = wanted();
    const from = client();
    // A worker that is lost says so itself.
    const told = await from?.request({ type: 'pull', slots }).catch(() => null);
    isPulling = false;
    if (!told || from !== client()) return;
    looks--;
    const moving = ({ standing }: Report) => standing === 'running' || standing === 'opening';
    if (told.slots.some(moving)) looks = LOOKS;
    take(told.slots);
  };
  const tick = () => {
    isTicking = looks > 0 && client() !== null && wanted().length > 0;
    if (!isTicking) return;
    environment.requestFrame(tick);
    if (!isPulling && !environment.hidden()) void pull();
  };
  return {
    wake() {
      looks = LOOKS;
      if (isTicking) return;
      isTicking = true;
      environment.requestFrame(tick);
    },
  };
}
