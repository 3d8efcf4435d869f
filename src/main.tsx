import { spawnEngine, spawnExhibits, spawnLab } from './client/spawn.ts';
import { createApp } from './store/app.ts';
import { browserEnvironment } from './store/browser.ts';
import { mount } from './ui/app/mount.tsx';

const app = createApp(browserEnvironment({ spawn: spawnEngine, spawnLab, spawnExhibits }));
window.addEventListener('hashchange', () => void app.actions.followHash());
mount(document.getElementById('root')!, app);
void app.start();
