import { useRef } from 'react';
import type { DatasetId, Weights } from '../../protocol/reports.ts';
import type { Variant } from '../../store/urlState.ts';
import buttons from '../parts/buttons.module.css';
import common from '../parts/common.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { Field } from '../parts/Field.tsx';
import { network as words } from './words.ts';
import styles from './NetworkPanel.module.css';

/** The entry for files the user opened; it cannot be chosen, only left. */
const OWN_FILES = 'own files';
const DATASET_IDS = Object.keys(words.datasets) as DatasetId[];

/** Which data, which network; opening and saving files; the way to the settings. */
export function NetworkPanel() {
  const { actions } = useApp();
  const report = useAppState((s) => s.report);
  const model = useAppState((s) => s.model);
  const data = useAppState((s) => s.data);
  const dataset = useAppState((s) => s.setUp.dataset);
  const ownFiles = useAppState((s) => s.ownFiles);
  const wanted = useAppState((s) => s.setUp.model);
  const settingsOpen = useAppState((s) => s.settingsOpen);
  const modelFile = useRef<HTMLInputElement>(null);
  const dataFiles = useRef<HTMLInputElement>(null);
  const variant = model?.config.variant ?? wanted;
  const weights: Weights = model?.weights ?? 'own';
  const choose = (value: string) => {
    const [nextVariant, nextWeights] = value.split(' ');
    void actions.selectModel(nextVariant as Variant, nextWeights as Weights);
  };
  return (
    <section className={styles.panel} aria-label={words.heading}>
      <Field label={words.dataset}>
        <select
          value={ownFiles ? OWN_FILES : dataset}
          disabled={report === null}
          onChange={(event) => void actions.selectDataset(event.target.value as DatasetId)}
        >
          {ownFiles && <option value={OWN_FILES}>{data?.title}</option>}
          {DATASET_IDS.map((id) => (
            <option key={id} value={id}>
              {words.datasets[id]}
            </option>
          ))}
        </select>
      </Field>
      <Field label={words.model} unlabelled>
        <select
          value={`${variant} ${weights}`}
          disabled={report === null}
          onChange={(event) => choose(event.target.value)}
        >
          {report === null && <option value={`${variant} ${weights}`}>…</option>}
          {report?.variants.flatMap(({ variant: id, title, pretrained }) =>
            (pretrained ? (['pretrained', 'own'] as const) : (['own'] as const)).map((kind) => (
              <option key={`${id} ${kind}`} value={`${id} ${kind}`}>
                {`${title} — ${words[kind]}`}
              </option>
            )),
          )}
        </select>
      </Field>
      <p className={common.hint}>
        {model === null ? '…' : `${model.title}. `}
        {data !== null && `${data.title}, ${data.source}.`}
      </p>
      <div className={buttons.row}>
        <button type="button" className={buttons.wide} onClick={() => modelFile.current?.click()}>
          {words.open}
        </button>
        <button
          type="button"
          className={buttons.wide}
          disabled={model === null}
          onClick={() => void actions.saveModel()}
        >
          {words.save}
        </button>
      </div>
      <div className={buttons.row}>
        <button type="button" className={buttons.wide} onClick={() => dataFiles.current?.click()}>
          {words.openData}
        </button>
        <button
          type="button"
          className={buttons.wide}
          aria-expanded={settingsOpen}
          disabled={model === null}
          onClick={() => actions.openSettings(!settingsOpen)}
        >
          {words.settings}
        </button>
      </div>
      <input
        ref={modelFile}
        type="file"
        hidden
        accept=".safetensors"
        onChange={(event) => {
          void actions.openFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <input
        ref={dataFiles}
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
