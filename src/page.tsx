import type { EngineClient } from './client/client.ts';
import { spawnEngine, spawnExhibits, spawnLab } from './client/spawn.ts';
import { createApp } from './store/app.ts';
import { browserEnvironment } from './store/browser.ts';
import { mount } from './ui/app/mount.tsx';

/**
 * Opens the page.
 * @param engine its first engine, which is on its way; those that take its place are started when they are needed
 */
export function openPage(engine: EngineClient): void {
  let first: EngineClient | null = engine;
  const spawn = () => {
    const next = first ?? spawnEngine();
    first = null;
    return next;
  };
  const app = createApp(browserEnvironment({ spawn, spawnLab, spawnExhibits }));
  window.addEventListener('hashchange', () => void app.actions.followHash());
  mount(document.getElementById('root')!, app);
  void app.start();
}
