import { showLife } from '../shared/lifeline.ts';
import { browserShelf } from '../storage/browser.ts';
import { serveSession } from './serve.ts';
import { Session } from './session.ts';

const session = new Session(
  () => browserShelf('runs'),
  () => browserShelf('data'),
);
// Whoever has an answer can see that this thread lives, and when it ends.
const shown = showLife(self.name);
serveSession(self, {
  async handle(request) {
    await shown;
    return session.handle(request);
  },
});
