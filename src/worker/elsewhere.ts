import type { ElsewhereReport } from '../protocol/snapshot.ts';
import { orNull } from '../shared/refusable.ts';
import type { Shelf } from '../storage/shelf.ts';

/** Pages of one browser talk about a place by this name and the place's. */
const NAME = 'ngc-explorer-changed-';

/** What other pages change of what this browser keeps: each tells of its own changes, and hears of theirs. */
export class Elsewhere {
  report: ElsewhereReport = { runs: 0, data: 0 };
  private readonly channels = new Map<keyof ElsewhereReport, BroadcastChannel | null>();

  /** A shelf whose changes are told to the pages that are open side by side. */
  announced(of: keyof ElsewhereReport, shelf: Shelf): Shelf {
    // Not every page may talk to others: then lists are as new as when they were opened.
    const channel = orNull(() => new BroadcastChannel(NAME + of));
    channel?.addEventListener('message', () => {
      this.report = { ...this.report, [of]: this.report[of] + 1 };
    });
    this.channels.set(of, channel);
    const tell = () => channel?.postMessage(null);
    return {
      ...shelf,
      write: async (name, bytes) => {
        await shelf.write(name, bytes);
        tell();
      },
      remove: async (name) => {
        await shelf.remove(name);
        tell();
      },
    };
  }

  /** Hears and tells nothing any more. */
  close(): void {
    for (const channel of this.channels.values()) channel?.close();
  }
}
