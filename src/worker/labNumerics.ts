import type { BackendChoice } from '../protocol/reports.ts';
import type { Backend } from '../runtime/backends.ts';
import { startBackend } from '../runtime/backends.ts';
import { browserHost } from '../runtime/browserHost.ts';

/** The Lab's own numerics: the theatre has others, so that neither waits for the other. */
let started: { readonly choice: BackendChoice; readonly backend: Promise<Backend> } | null = null;

/** What computes in this worker; started anew where another is chosen. `alone`: where it starts, without workers beside it. */
export function numerics(
  choice: BackendChoice,
  tell: (sentence: string) => void,
  alone = false,
): Promise<Backend> {
  if (started?.choice === choice) return started.backend;
  void started?.backend.then((backend) => backend.close());
  const backend = startBackend(choice, browserHost, { onLost: tell, ...(alone && { workers: 1 }) });
  started = { choice, backend };
  backend.catch(() => (started = null));
  return backend;
}
