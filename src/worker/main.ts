import { browserShelf } from '../storage/browser.ts';
import { serveSession } from './serve.ts';
import { Session } from './session.ts';
import { visible } from './visible.ts';

serveSession(
  self,
  visible(
    new Session(
      () => browserShelf('runs'),
      () => browserShelf('data'),
    ),
  ),
);
