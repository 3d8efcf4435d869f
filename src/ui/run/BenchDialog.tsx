import type { BenchResult, Spread } from '../../shared/bench.ts';
import buttons from '../parts/buttons.module.css';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { ProgressBar } from '../parts/ProgressBar.tsx';
import { bench as words } from './words.ts';
import styles from './BenchDialog.module.css';

const digits = (value: number) => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
const orNone = (value: number | null) => (value === null ? '—' : digits(value));

/** A median with what it was taken from. */
function Range({ spread, about = false }: { spread: Spread | null; about?: boolean }) {
  if (spread === null) return '—';
  const { median, low, high } = spread;
  return (
    <>
      {about && '≈ '}
      {digits(median)}
      {low !== high && (
        <small>
          {digits(low)}–{digits(high)}
        </small>
      )}
    </>
  );
}

function Row({ result, first }: { result: BenchResult; first: boolean }) {
  const { backend, way, bare, rows, step, gflops, ceiling, batch, whole } = result;
  return (
    <tr className={classes(bare && styles.bare, first && styles.first)}>
      <td>{first && rows}</td>
      <th scope="row">
        <b>{backend}</b> {way}
      </th>
      <td>{step === null ? words.tooSlow : <Range spread={step} />}</td>
      <td>{orNone(gflops)}</td>
      <td>{ceiling === null ? '—' : `${Math.round(100 * ceiling)} %`}</td>
      <td>
        <Range spread={batch} about={!whole} />
      </td>
      <td>{orNone(result.imagesPerSecond)}</td>
      <td>{orNone(result.scriptTime)}</td>
    </tr>
  );
}

/** Times every way of computing there is in this browser, and shows what came of it. */
export function BenchDialog() {
  const { actions } = useApp();
  const open = useAppState((s) => s.benchOpen);
  const report = useAppState((s) => s.benchReport);
  const running = useAppState((s) => s.activity === 'benchmark');
  const ready = useAppState((s) => s.engine === 'ready');
  const progress = useAppState((s) => s.progress);
  if (!open) return null;
  const close = () => {
    if (running) void actions.cancel();
    actions.openBench(false);
  };
  return (
    <Dialog label={words.heading} closeLabel={words.close} onClose={close} wide>
      <p>{words.intro}</p>
      <div className={styles.run}>
        {running ? (
          <>
            <ProgressBar label={words.progress} fraction={progress?.fraction ?? null} />
            <span>{progress?.label}</span>
            <button type="button" onClick={() => void actions.cancel()}>
              {words.cancel}
            </button>
          </>
        ) : (
          <>
            <button
              type="button"
              className={buttons.primary}
              disabled={!ready}
              onClick={() => void actions.runBench()}
            >
              {words.run}
            </button>
            {report && (
              <button type="button" onClick={() => void actions.copyBench()}>
                {words.copy}
              </button>
            )}
          </>
        )}
      </div>
      {report && (
        <>
          {report.notes.map((note) => (
            <p key={note} className={common.hint}>
              {note}
            </p>
          ))}
          {report.results.length > 0 && (
            <div className={styles.scroll}>
              <table className={styles.table} aria-label={words.table}>
                <thead>
                  <tr>
                    {words.columns.map((column) => (
                      <th key={column} scope="col">
                        {column}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {report.results.map((result, i, all) => (
                    <Row
                      key={`${result.rows} ${result.backend} ${result.way}`}
                      result={result}
                      first={all[i - 1]?.rows !== result.rows}
                    />
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <p className={common.hint}>{words.explanation}</p>
        </>
      )}
    </Dialog>
  );
}
