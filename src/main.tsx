import { spawnEngine } from './client/spawn.ts';

// The engine's program comes beside the page's: neither waits for the other.
const engine = spawnEngine();
void import('./page.tsx').then(({ openPage }) => openPage(engine));
