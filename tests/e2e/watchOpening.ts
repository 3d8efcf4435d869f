/* Seen from outside, by what the page and its engine say to each other: nothing in the page is there for this. */

/** What the page is watched by, before any of its code runs: when each step of its opening came, in `marks`. */
export function watchOpening(): void {
  const marks: Record<string, number> = {};
  const mark = (name: string) => (marks[name] ??= performance.now());
  const asked = new Map<number, string>();
  const Plain = window.Worker;
  window.Worker = function (url: string | URL, options?: WorkerOptions) {
    const worker = new Plain(url, options);
    mark('worker asked for');
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<{ id: number; value?: unknown }>) => {
        const type = asked.get(data.id);
        if (type !== 'pull') return mark(`${type ?? 'something'} answered`);
        const { episode } = data.value as { episode: { stepOf: number[]; steps: number } | null };
        const step = episode?.stepOf.at(-1);
        if (step === undefined) return;
        mark('first frame received');
        // The page paints what it has received in the next frame.
        if (step >= episode!.steps) requestAnimationFrame(() => mark('digit completed'));
      },
    );
    const post = worker.postMessage.bind(worker);
    worker.postMessage = (message: { id: number; request?: { type: string } }, rest: never) => {
      if (message.request) asked.set(message.id, message.request.type);
      post(message, rest);
    };
    return worker;
  } as unknown as typeof Worker;
  const look = () => {
    if (document.querySelector('[aria-label="Drawing canvas"]')) mark('page is there');
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  Object.assign(window, { marks });
}
