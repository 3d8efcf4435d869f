import { browserShelf } from '../storage/browser.ts';
import { Elsewhere } from './elsewhere.ts';
import { serveSession } from './serve.ts';
import { Session } from './session.ts';
import { visible } from './visible.ts';

const elsewhere = new Elsewhere();
serveSession(
  self,
  visible(
    new Session(
      async () => elsewhere.announced('runs', await browserShelf('runs')),
      async () => elsewhere.announced('data', await browserShelf('data')),
      elsewhere,
    ),
  ),
);
