import { useRef } from 'react';
import { DataButton } from '../data/DataButton.tsx';
import buttons from '../parts/buttons.module.css';
import common from '../parts/common.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { Field } from '../parts/Field.tsx';
import { CompletionMenu } from './CompletionMenu.tsx';
import { DatasetMenu } from './DatasetMenu.tsx';
import { ModelMenu } from './ModelMenu.tsx';
import { networkTitle } from './networkTitle.ts';
import { TakeBack } from './TakeBack.tsx';
import { completion, network as words } from './words.ts';
import styles from './NetworkPanel.module.css';

/** Which data, which network; opening and saving files; the way to the settings. */
export function NetworkPanel() {
  const { actions } = useApp();
  const model = useAppState((s) => s.model);
  const data = useAppState((s) => s.data);
  const completes = useAppState((s) => s.setUp.mode === 'complete');
  const settingsOpen = useAppState((s) => s.settingsOpen);
  const files = useRef<HTMLInputElement>(null);
  return (
    <section className={styles.panel} aria-label={words.heading}>
      <Field label={words.model}>
        <ModelMenu />
      </Field>
      <Field label={words.dataset}>
        <DatasetMenu />
      </Field>
      {completes && (
        <Field label={completion.label}>
          <CompletionMenu />
        </Field>
      )}
      <TakeBack />
      <div className={buttons.row}>
        <button
          type="button"
          aria-label={words.openWhat}
          title={words.openWhat}
          onClick={() => files.current?.click()}
        >
          {words.open}
        </button>
        <button type="button" disabled={model === null} onClick={() => void actions.saveModel()}>
          {words.save}
        </button>
        <button
          type="button"
          aria-expanded={settingsOpen}
          disabled={model === null}
          onClick={() => actions.openSettings(!settingsOpen)}
        >
          {words.settings}
        </button>
        {!completes && <DataButton />}
      </div>
      <p className={common.hint} data-testid="network-label">
        {model === null ? '…' : `${networkTitle(model)}. `}
        {data !== null && `${data.title}, ${data.source}.`}
      </p>
      <input
        ref={files}
        type="file"
        hidden
        multiple
        onChange={(event) => {
          void actions.openFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </section>
  );
}
