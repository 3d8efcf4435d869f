import { showLife } from '../shared/lifeline.ts';

/** A session of this thread for whom it answers: whoever has an answer can see that the thread lives, and when it ends. */
export function visible<V>(session: { handle(request: unknown): Promise<V> }): typeof session {
  const shown = showLife(self.name);
  return {
    async handle(request) {
      await shown;
      return session.handle(request);
    },
  };
}
