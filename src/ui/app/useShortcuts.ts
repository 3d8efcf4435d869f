import { useEffect } from 'react';
import type { App } from '../../store/app.ts';
import { mainButton } from '../../store/mainButton.ts';
import { isByClick } from '../../store/speed.ts';
import { exhibitIn, PLAN } from '../../store/exhibitViews.ts';
import { isTheatre, MODES } from '../../store/urlState.ts';
import { useApp } from '../parts/context.ts';

/** Whether a key belongs to the element that has the focus, not to the page. */
function taken(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog') !== null || target.isContentEditable) return true;
  if (target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLInputElement) {
    // A slider and radio buttons use the arrow keys; letters and Space are free there.
    const arrows = event.key.startsWith('Arrow');
    if (target.type === 'range') return arrows;
    if (target.type === 'radio') return arrows || event.key === ' ';
    return true;
  }
  // Space presses a focused button; a tab is active already, so there Space runs.
  const pressed = event.key === ' ' || event.key === 'Enter';
  const button = target.closest('button, summary, a');
  return pressed && button !== null && button.getAttribute('role') !== 'tab';
}

/** The keys of an exhibit; the plan of the hall has none. */
function actInHall({ store, actions }: App, key: string): boolean {
  if (exhibitIn(store.getState().setUp.exhibit) === null) return false;
  switch (key) {
    case ' ':
      void actions.toggleExhibit();
      return true;
    case 'ArrowRight':
      void actions.stepExhibit();
      return true;
    case 'r':
    case 'R':
      void actions.rewindExhibit();
      return true;
    case 'Escape':
      actions.openExhibit(PLAN);
      return true;
    default:
      return false;
  }
}

function act(app: App, event: KeyboardEvent): boolean {
  const { actions } = app;
  const mode = MODES[Number(event.key) - 1];
  if (mode !== undefined) {
    void actions.setMode(mode);
    return true;
  }
  const state = app.store.getState();
  // Keys belong to what is on show: in the Lab nothing settles, in the hall it is the exhibit.
  if (!isTheatre(state.setUp.mode) && !'pP?'.includes(event.key)) {
    const leaves = event.key === 'Escape' && state.presenting;
    if (!leaves) return state.setUp.mode === 'exhibits' && actInHall(app, event.key);
  }
  switch (event.key) {
    case ' ': {
      const says = mainButton(state);
      if (says !== null) void actions.press(says);
      return true;
    }
    case 'ArrowLeft':
    case 'ArrowRight': {
      const by = event.key === 'ArrowLeft' ? -1 : 1;
      void (isByClick(app.store.getState()) ? actions.walk(by) : actions.scrub(by));
      return true;
    }
    case 'u':
    case 'U':
      void actions.weightUpdate();
      return true;
    case 'r':
    case 'R':
      void actions.rewind();
      return true;
    case 'o':
    case 'O':
      actions.setTool(app.store.getState().tool === 'occlude' ? 'draw' : 'occlude');
      return true;
    case 'p':
    case 'P':
      actions.present(!app.store.getState().presenting);
      return true;
    case 'Escape':
      if (!app.store.getState().presenting) return false;
      actions.present(false);
      return true;
    case '?':
      actions.openHelp(true);
      return true;
    default:
      return false;
  }
}

/** The page's keys; they do nothing while someone types. */
export function useShortcuts(): void {
  const app = useApp();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || taken(event) || event.altKey) return;
      if (event.ctrlKey || event.metaKey) {
        if (event.key.toLowerCase() !== 'z') return;
        if (event.shiftKey) app.actions.redo();
        else app.actions.undo();
        event.preventDefault();
        return;
      }
      if (act(app, event)) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [app]);
}
