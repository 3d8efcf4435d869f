import { useAppState } from '../parts/context.ts';
import { Field } from '../parts/Field.tsx';
import { CompletionMenu } from './CompletionMenu.tsx';
import { DatasetMenu } from './DatasetMenu.tsx';
import { ModelMenu } from './ModelMenu.tsx';
import { TakeBack } from './TakeBack.tsx';
import { completion, network as words } from './words.ts';
import styles from './Menus.module.css';

/** Which network and which pictures, side by side under the large picture. */
export function Menus() {
  const completes = useAppState((s) => s.setUp.mode === 'complete');
  return (
    <section className={styles.menus} aria-label={words.heading}>
      <TakeBack named />
      <div className={styles.row}>
        <Field label={words.model} unlabelled>
          <ModelMenu />
        </Field>
        <Field label={words.dataset} unlabelled>
          <DatasetMenu />
        </Field>
        {completes && (
          <Field label={completion.label} unlabelled>
            <CompletionMenu />
          </Field>
        )}
      </div>
    </section>
  );
}
