import { ImaginingsPanel } from '../imaginings/ImaginingsPanel.tsx';
import { useAppState } from '../parts/context.ts';
import { FieldsPanel } from './fields/FieldsPanel.tsx';
import { NeuronPanel } from './neuron/NeuronPanel.tsx';
import { story as words } from './words.ts';
import styles from './StoryPanel.module.css';

/** At the right of the story: other ways to go on; what neurons have learnt to draw; or the neuron one has clicked. */
export function StoryPanel() {
  const completes = useAppState((s) => s.setUp.mode === 'complete');
  const pinned = useAppState((s) => s.pin !== null);
  if (pinned)
    return (
      <aside className={styles.panel} aria-label={words.neuron}>
        <NeuronPanel />
      </aside>
    );
  if (completes)
    return (
      <aside className={styles.panel} aria-label={words.imaginings}>
        <ImaginingsPanel />
      </aside>
    );
  return (
    <aside className={styles.panel} aria-label={words.fields}>
      <h2 className={styles.heading}>{words.fields}</h2>
      <FieldsPanel />
    </aside>
  );
}
