import { PROGRAMS } from '../demonstrations/demonstrations.ts';
import { ExhibitsSession } from './exhibits/session.ts';
import { serveSession } from './serve.ts';
import { visible } from './visible.ts';

// The numerics and the readers of data are large programs: they are loaded when an exhibit asks for them.
const session = new ExhibitsSession({
  programs: PROGRAMS,
  numerics: async (backend) => (await import('./exhibits/numerics.ts')).exhibitNumerics(backend),
  data: async (base) => (await import('./exhibits/data.ts')).exhibitData(base),
  clothes: async (base) => (await import('./exhibits/data.ts')).exhibitClothes(base),
});
serveSession(self, visible(session));
