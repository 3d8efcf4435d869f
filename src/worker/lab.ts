import { browserShelf } from '../storage/browser.ts';
import { LabSession } from './labSession.ts';
import { serveSession } from './serve.ts';
import { visible } from './visible.ts';

// The numerics are a large program: they are loaded when something is run.
const session = new LabSession({
  shelf: () => browserShelf('lab'),
  side: async (...given) => (await import('./sideBySide.ts')).openSide(...given),
  runner: async () => (await import('./labRunner.ts')).browserRunner,
});
serveSession(self, visible(session));
