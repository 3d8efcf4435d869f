import buttons from '../parts/buttons.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { newVersion as words } from './words.ts';

/** A version of the page that is kept and waits: nothing happens before the button is pressed, or all tabs are closed. */
export function NewVersion() {
  const { actions } = useApp();
  const state = useAppState((s) => s.newVersion);
  const learning = useAppState((s) => s.activity === 'training' || s.labRun !== null);
  if (state === 'none') return null;
  const mayBePressed = (state === 'ready' || state === 'held') && !learning;
  const why = learning && state !== 'others' ? words.learning : state !== 'ready' && words[state];
  return (
    <div role="status" aria-label={words.label}>
      {words.ready}
      {why}
      {mayBePressed && (
        <button
          type="button"
          className={buttons.link}
          onClick={() => void actions.reloadToNewVersion()}
        >
          {state === 'held' ? words.again : words.reload}
        </button>
      )}
    </div>
  );
}
