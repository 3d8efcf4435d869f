import type { EngineClient, ExhibitsClient, LabClient } from '../client/client.ts';
import { RequestError } from '../client/client.ts';
import type { ImageChange } from '../protocol/data.ts';
import type { Request, Results } from '../protocol/messages.ts';
import type { Notice } from '../protocol/snapshot.ts';
import { messageOf, oneLine } from '../shared/errors.ts';
import type { NewVersion } from '../offline/registration.ts';
import type { CurveBuffer } from './curves.ts';
import type { EpisodeBuffer } from './episode.ts';
import type { SentPictures } from './sentPictures.ts';
import type { ShownNotice } from './slices/page.ts';
import type { AppStore } from './state.ts';

/** Files of images, where they lay, and what is done to them. */
export interface OpenedFiles {
  readonly files: readonly File[];
  readonly folders: readonly string[];
  readonly change: ImageChange;
}

/** What the actions share. */
export interface Context {
  readonly store: AppStore;
  readonly episode: EpisodeBuffer;
  readonly curves: CurveBuffer;
  readonly environment: Environment;
  /** The running engine; null between two. */
  client: EngineClient | null;
  /** The files of the images that were opened last, and used: an engine that is lost takes what it read of them along. */
  opened: OpenedFiles | null;
  /** The pictures the engine has been shown. */
  readonly sent: SentPictures;
  /** Has the pump look at once, because something is about to happen. */
  wake(): void;
}

/** The browser's part that the store needs; tests hand in their own. */
export interface Environment {
  spawn(): EngineClient;
  spawnLab(): LabClient;
  spawnExhibits(): ExhibitsClient;
  /** The page's address without query and hash: where /data and /models lie. */
  readonly base: string;
  /** The text of a file that lies beside the page; null where there is none. Rejects with a sentence where it cannot be had. */
  readBeside(name: string): Promise<string | null>;
  /** What this browser keeps from visit to visit. Where it keeps nothing (a private window), reading finds null. */
  readonly memory: {
    read(key: string): string | null;
    /** Null forgets. */
    write(key: string, text: string | null): void;
  };
  /** Asks the browser not to clear what the page has stored when room gets short. */
  keepStorage(): Promise<void>;
  readHash(): string;
  /** Replaces the address's hash without a hashchange. */
  writeHash(hash: string): void;
  requestFrame(callback: () => void): void;
  /** Milliseconds, counted up as long as the page lives. */
  now(): number;
  hidden(): boolean;
  reducedMotion(): boolean;
  /** Hands a file to the user. */
  download(bytes: ArrayBuffer, name: string): void;
  copy(text: string): Promise<void>;
  copyImage(png: Blob): Promise<void>;
  href(): string;
  /** Has the browser keep the page for use without a network; calls `onNewVersion` when another version is kept and waits. */
  keepPage(onNewVersion: (version: NewVersion) => void): Promise<void>;
  reload(): void;
  /** Asks the user before the page is left, as long as `should` says so. */
  askBeforeLeaving(should: () => boolean): void;
  /** Calls `listener` when the page is left, or its tab is. */
  onLeave(listener: () => void): void;
  /** Calls `listener` with every error that nothing in the page has caught. */
  onFault(listener: (error: unknown) => void): void;
}

const MOST_NOTICES = 30;
/** No sentence on the page is longer (characters). */
const LONGEST_NOTICE = 1000;
let noticeId = 1;

/** What a notice may have besides its sentence. */
export type NoticeExtras = Partial<Pick<ShownNotice, 'details' | 'topic' | 'offer'>>;

/** Shows the user a sentence. It takes the place of one that says the same, or is about the same topic. */
export function notify(
  context: Context,
  level: Notice['level'],
  said: string,
  { details = [], topic = null, offer = null }: NoticeExtras = {},
): void {
  // Names of files, runs and classes stand in it as they came.
  const text = oneLine(said, LONGEST_NOTICE);
  const isOther = (notice: ShownNotice) =>
    notice.text !== text && (topic === null || notice.topic !== topic);
  context.store.setState(({ notices }) => ({
    notices: [
      ...notices.filter(isOther),
      { id: noticeId++, level, text, details, topic, offer },
    ].slice(-MOST_NOTICES),
  }));
}

/** Sends a request; a refusal becomes a sentence on the page (not one the user caused by cancelling). Null if it was refused. */
async function attempt<R extends Request>(
  context: Context,
  request: R,
  transfer?: Transferable[],
): Promise<{ readonly answer: Results[R['type']] } | null> {
  const { client } = context;
  if (client === null) return null;
  try {
    const answer = client.request(request, transfer);
    context.wake();
    return { answer: await answer };
  } catch (error) {
    // A dead or replaced engine has its own message.
    const cancelled = error instanceof RequestError && error.kind === 'cancelled';
    if (!cancelled && client === context.client && context.store.getState().engine !== 'failed')
      notify(context, 'error', messageOf(error));
    return null;
  }
}

/** Asks the engine something. Refused, it says so on the page and answers null: the page goes on with what it had. */
export async function ask<R extends Request>(
  context: Context,
  request: R,
  transfer?: Transferable[],
): Promise<Results[R['type']] | null> {
  return (await attempt(context, request, transfer))?.answer ?? null;
}

/** Tells the engine something. Whether it did it; refused, it says so on the page. */
export async function tell(context: Context, request: Request): Promise<boolean> {
  return (await attempt(context, request)) !== null;
}
