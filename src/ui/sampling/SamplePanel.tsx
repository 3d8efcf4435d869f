import type { Covariance } from '../../protocol/latents.ts';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { Field } from '../parts/Field.tsx';
import { prior as priorWords, sampling as words, temperature as heat } from './words.ts';
import styles from './Sampling.module.css';

const COUNTS = [16, 36, 64, 100];
const GAUSSIANS = [5, 10, 20, 30, 50, 75, 100];
/** Where none has been told of yet. */
const USUAL = 30;
const HOTTEST = 2;
const FORMS = Object.keys(priorWords.forms) as Covariance[];

/** What sampling is, how many to draw, how far from the means, and from which prior. */
export function SamplePanel() {
  const view = useAppState((s) => s.sampleView);
  const untrained = useAppState((s) => s.model?.imagesSeen === 0);
  return (
    <section className={styles.panel} aria-label={words.heading}>
      <div className={common.sectionHead}>
        <h2>{words.heading}</h2>
      </div>
      <p className={styles.about}>{words.about[view]}</p>
      {untrained && <p className={classes(common.hint, common.strong)}>{words.untrained}</p>}
      {view === 'samples' && (
        <>
          <Count />
          <Temperature />
          <Prior />
        </>
      )}
    </section>
  );
}

function Count() {
  const { actions } = useApp();
  const count = useAppState((s) => s.sampleCount);
  return (
    <Field label={words.count}>
      <select
        value={count}
        onChange={(event) => actions.setSampleCount(Number(event.target.value))}
      >
        {COUNTS.map((n) => (
          <option key={n} value={n}>
            {n}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** By what the standard deviations of the prior are multiplied. */
function Temperature() {
  const { actions } = useApp();
  const value = useAppState((s) => s.temperature);
  const text = value.toFixed(2);
  const says = value === 1 ? heat.one : value === 0 ? heat.frozen : heat.other(text);
  return (
    <div>
      <Field label={heat.label}>
        <input
          type="range"
          min={0}
          max={HOTTEST}
          step={0.05}
          value={value}
          aria-valuetext={says}
          onChange={(event) => void actions.setTemperature(Number(event.target.value))}
        />
      </Field>
      <p className={common.hint}>{says}</p>
    </div>
  );
}

/** Which prior samples are drawn from; another choice fits another one. */
function Prior() {
  const { actions } = useApp();
  const prior = useAppState((s) => s.prior);
  const busy = useAppState((s) => s.activity === 'sampling');
  const ready = useAppState((s) => s.engine === 'ready' && s.model !== null && s.data !== null);
  const { form = null } = prior ?? {};
  const components = prior?.is.components ?? USUAL;
  const choose = (covariance: Covariance | null, gaussians: number) =>
    void actions.choosePrior(covariance && { covariance, components: gaussians });
  const many = [...new Set([...GAUSSIANS, components])].sort((a, b) => a - b);
  return (
    <details className={styles.prior}>
      <summary>{priorWords.heading}</summary>
      <Field label={priorWords.covariance}>
        <select
          value={form?.covariance ?? ''}
          disabled={busy || !ready}
          onChange={({ target }) =>
            choose(FORMS.find((one) => one === target.value) ?? null, components)
          }
        >
          <option value="">
            {prior === null ? priorWords.usual : prior.came ? priorWords.came : priorWords.byItself}
          </option>
          {FORMS.map((one) => (
            <option key={one} value={one}>
              {priorWords.forms[one]}
            </option>
          ))}
        </select>
      </Field>
      {form !== null && (
        <>
          <Field label={priorWords.components}>
            <select
              value={components}
              disabled={busy || !ready}
              onChange={({ target }) => choose(form.covariance, Number(target.value))}
            >
              {many.map((n) => (
                <option key={n} value={n}>
                  {n}
                </option>
              ))}
            </select>
          </Field>
          <p className={common.hint}>{priorWords.what[form.covariance]}</p>
        </>
      )}
      {prior !== null && <p className={common.hint}>{prior.words}.</p>}
    </details>
  );
}
