import buttons from '../parts/buttons.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { labRunning as words } from './words.ts';

/** While the Lab runs and something else is looked at: how far it is, and the way there. */
export function LabRunning() {
  const { actions } = useApp();
  const run = useAppState((s) => (s.setUp.mode === 'lab' ? null : s.labRun));
  if (run === null) return null;
  const open = () => {
    actions.openExperiment(run.experiment);
    void actions.setMode('lab');
  };
  return (
    <button type="button" className={buttons.link} onClick={open}>
      {words.run(run.done, run.cells.length)}
    </button>
  );
}
