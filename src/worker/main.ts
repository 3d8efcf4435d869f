import { browserShelf } from '../storage/browser.ts';
import { serveSession } from './serve.ts';
import { Session } from './session.ts';

serveSession(
  self,
  new Session(
    () => browserShelf('runs'),
    () => browserShelf('data'),
  ),
);
