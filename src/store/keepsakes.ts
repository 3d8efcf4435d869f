import type { EngineClient, RequestError } from '../client/client.ts';
import type { SafeNetwork, SafeReport } from '../protocol/safe.ts';
import type { Context } from './context.ts';

/** A last copy is waited for this long (ms): an engine that does not answer has been asked before. */
const LAST_COPY_MS = 5_000;
/** After a refusal it is asked again so much later (ms). */
const AGAIN_MS = 1_000;

const pause = (milliseconds: number) =>
  new Promise<null>((resolve) => setTimeout(resolve, milliseconds, null));

/** What the engine's networks have learnt, in this page's memory: as it was a second ago, whatever becomes of the engine. */
export interface Keepsakes {
  readonly networks: readonly SafeNetwork[];
  /** The network that is on show, if it is among them. */
  readonly active: SafeNetwork | null;
  /** Takes what an engine hands over, as long as it is the page's; `onLost` hears, in a sentence, that nothing can be computed there any more. */
  follow(client: EngineClient, onLost: (why: string) => void): Promise<void>;
  /** Takes a last copy, before an engine that lives is closed. */
  takeLast(client: EngineClient): Promise<void>;
}

export function createKeepsakes(context: Pick<Context, 'client'>): Keepsakes {
  let networks: readonly SafeNetwork[] = [];
  /** Who made them: another engine counts anew. */
  let maker: EngineClient | null = null;

  const ask = (client: EngineClient, now: boolean) =>
    client.request({
      type: 'keepSafe',
      have: maker === client ? networks.map(({ id, stamp }) => ({ id, stamp })) : [],
      now,
    });
  const take = (client: EngineClient, { networks: news }: SafeReport) => {
    const before = maker === client ? networks : [];
    networks = news.flatMap((one): SafeNetwork[] => {
      const held = before.find(({ id }) => id === one.id);
      const bytes = one.bytes ?? held?.bytes;
      const origin = one.origin === undefined ? (held?.origin ?? null) : one.origin;
      return bytes ? [{ ...one, bytes, origin }] : [];
    });
    maker = client;
  };

  return {
    get networks() {
      return networks;
    },
    get active() {
      return networks.find(({ active }) => active) ?? null;
    },
    async follow(client, onLost) {
      while (client === context.client) {
        const report = await ask(client, false).catch((error: unknown) => {
          const { kind, message: lost } = error as RequestError;
          if (kind === 'backend') return { networks: [], lost };
          return kind;
        });
        if (client !== context.client) return;
        // It was asked for a last copy: the page is done with it.
        if (report === 'cancelled') return;
        if (typeof report === 'string') await pause(AGAIN_MS);
        else if (report.lost !== null) return onLost(report.lost);
        else take(client, report);
      }
    },
    async takeLast(client) {
      const report = await Promise.race([ask(client, true).catch(() => null), pause(LAST_COPY_MS)]);
      if (report?.lost === null) take(client, report);
    },
  };
}
