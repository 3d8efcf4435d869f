import { useApp, useAppState } from '../parts/context.ts';
import { data as words } from './words.ts';

/** The way to a person's own data. */
export function DataButton() {
  const { actions } = useApp();
  const ready = useAppState((s) => s.engine === 'ready');
  return (
    <button type="button" disabled={!ready} onClick={() => void actions.showData('datasets')}>
      {words.button}
    </button>
  );
}
