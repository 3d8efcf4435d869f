import type { PublishedSet } from '../../protocol/data.ts';
import buttons from '../parts/buttons.module.css';
import { classes } from '../parts/classes.ts';
import common from '../parts/common.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { bytes } from '../parts/format.ts';
import { ProgressBar } from '../parts/ProgressBar.tsx';
import { ChooseFiles } from './ChooseFiles.tsx';
import { OwnSetList } from './OwnSetList.tsx';
import { data, own, published as words } from './words.ts';
import styles from './DataDialog.module.css';

/** Images of one's own to open, those that are kept, and the published datasets. */
export function DatasetsTab() {
  const report = useAppState((s) => s.dataReport);
  return (
    <>
      <section className={styles.section} aria-label={own.heading}>
        <h3>{own.heading}</h3>
        <ChooseFiles />
        <p className={common.hint}>{own.about}</p>
        {report && <OwnSetList sets={report.own} />}
      </section>
      <section className={styles.section} aria-label={words.heading}>
        <h3>{words.heading}</h3>
        <p className={common.hint}>{words.about}</p>
        {report === null ? (
          <p className={common.hint}>{data.looking}</p>
        ) : (
          <ul className={styles.list}>
            {report.published.map((set) => (
              <Published key={set.dataset} set={set} />
            ))}
          </ul>
        )}
      </section>
      {report && (
        <p className={common.hint}>
          {!report.lasting
            ? words.lost
            : report.storage &&
              words.storage(bytes(report.storage.used), bytes(report.storage.quota))}
        </p>
      )}
    </>
  );
}

/** What a published dataset is, how it stands here, and what can be done about it. */
function Published({ set }: { set: PublishedSet }) {
  const { title, licence, home, images, classes: count, dataset } = set;
  const mirrored = useAppState((s) => s.mirrors.includes(dataset));
  return (
    <li className={styles.entry} data-testid={`kept-${dataset}`}>
      <div className={styles.about}>
        <h4>{title}</h4>
        <p className={classes(common.hint, common.number)}>
          {words.images(images, count)}
          {dataset !== 'synthetic' &&
            set.kept === 0 &&
            ` · ${set.size === null ? words.unknownSize : words.toGet(bytes(set.size))}`}
        </p>
        <p className={common.hint}>
          {words.licence(licence)}
          {home !== null && (
            <>
              {' · '}
              <a href={home} target="_blank" rel="noreferrer" aria-label={words.sourceOf(title)}>
                {words.source}
              </a>
            </>
          )}
        </p>
        <p className={classes(common.small, common.number, set.kept > 0 && styles.here)}>
          {standing(set)}
        </p>
        {set.mirror !== null && (
          <p className={common.small}>{words.mirror(set.mirror, mirrored)}</p>
        )}
      </div>
      <Handling set={set} />
    </li>
  );
}

function standing({ dataset, kept, part, reachable }: PublishedSet): string {
  if (dataset === 'synthetic') return words.builtIn;
  if (kept > 0) return words.kept(bytes(kept));
  if (part > 0) return words.part(bytes(part));
  return reachable ? words.away : words.byHand;
}

function Handling({ set: { dataset, title, kept, part, reachable } }: { set: PublishedSet }) {
  const { actions } = useApp();
  const fetching = useAppState((s) => s.fetching);
  const mirrored = useAppState((s) => s.mirrors.includes(dataset));
  const progress = useAppState((s) => (s.fetching === dataset ? s.progress : null));
  if (dataset === 'synthetic') return null;
  if (fetching === dataset)
    return (
      <div className={styles.fetching}>
        <ProgressBar label={words.progress} fraction={progress?.fraction ?? null} />
        <button
          type="button"
          className={buttons.link}
          aria-label={words.cancelOf(title)}
          onClick={() => void actions.cancel()}
        >
          {words.cancel}
        </button>
      </div>
    );
  return (
    <div className={styles.does}>
      {mirrored && (
        <button
          type="button"
          className={buttons.link}
          aria-label={words.forgetMirrorOf(title)}
          onClick={() => void actions.forgetMirror(dataset)}
        >
          {words.forgetMirror}
        </button>
      )}
      {kept === 0 && reachable && (
        <button
          type="button"
          disabled={fetching !== null}
          aria-label={part > 0 ? words.goOnOf(title) : words.downloadOf(title)}
          onClick={() => void actions.keepDataset(dataset)}
        >
          {part > 0 ? words.goOn : words.download}
        </button>
      )}
      {kept + part > 0 && (
        <button
          type="button"
          aria-label={words.removeOf(title)}
          onClick={() => void actions.unkeepDataset(dataset)}
        >
          {words.remove}
        </button>
      )}
    </div>
  );
}
