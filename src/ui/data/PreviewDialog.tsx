import { grouped } from '../../shared/grouped.ts';
import type { StagedImages } from '../../store/slices/ownData.ts';
import { PIXELS } from '../../store/occlusion.ts';
import buttons from '../parts/buttons.module.css';
import { classes } from '../parts/classes.ts';
import common from '../parts/common.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { BytePicture } from './BytePicture.tsx';
import { LastSaid } from './LastSaid.tsx';
import { PreviewSettings } from './PreviewSettings.tsx';
import { preview as words } from './words.ts';
import styles from './PreviewDialog.module.css';

/** Images that were opened, as they will be learnt from: to look at and to change before anything learns. */
export function PreviewDialog() {
  const { actions } = useApp();
  const staged = useAppState((s) => s.stagedImages);
  if (staged === null) return null;
  return (
    <Dialog label={words.heading} wide onClose={() => void actions.letImagesGo()}>
      <p className={styles.title}>{staged.report.title}</p>
      <div className={styles.layout}>
        <Grid staged={staged} />
        <div className={styles.side}>
          <Summary staged={staged} />
          <PreviewSettings staged={staged} />
        </div>
      </div>
      <LastSaid />
      <div className={styles.foot}>
        <button type="button" onClick={() => void actions.letImagesGo()}>
          {words.cancel}
        </button>
        <button type="button" className={buttons.primary} onClick={() => void actions.useImages()}>
          {words.use}
        </button>
      </div>
    </Dialog>
  );
}

function Grid({ staged: { look, report } }: { staged: StagedImages }) {
  if (look === null) return <p className={common.hint}>{words.waiting}</p>;
  const { pixels, labels, blank, full } = look;
  const count = pixels.length / PIXELS;
  return (
    <div className={styles.look}>
      <p className={common.hint}>{words.seen(count, report.train + report.validation)}</p>
      <ul className={styles.grid} data-testid="preview-images">
        {Array.from({ length: count }, (_, i) => (
          <li key={i}>
            <BytePicture
              pixels={pixels.subarray(i * PIXELS, (i + 1) * PIXELS)}
              className={styles.picture}
            />
            {labels && <small>{report.classes[labels[i] ?? 0]?.name}</small>}
          </li>
        ))}
      </ul>
      {blank > 0 && <p className={styles.warning}>{words.blank(blank)}</p>}
      {full > 0 && <p className={styles.warning}>{words.full(full)}</p>}
    </div>
  );
}

function Summary({ staged: { report } }: { staged: StagedImages }) {
  const { count, classes: named, labelsFrom, train, validation, test, seed } = report;
  const most = Math.max(1, ...named.map((one) => one.count));
  return (
    <section className={styles.summary}>
      <h3>{words.images(count)}</h3>
      <p className={classes(common.hint, common.number)}>
        {words.split(train, validation, test)},{' '}
        {seed === null ? words.given : words.drawn(seed, labelsFrom !== null)}
      </p>
      <p className={common.hint}>
        {labelsFrom === null ? words.noLabels : words.labels[labelsFrom]}
      </p>
      {named.length > 0 && (
        <ul className={styles.classes} data-testid="preview-classes">
          {named.map((one) => (
            <li key={one.name}>
              <span title={one.name}>{one.name}</span>
              <i style={{ inlineSize: `${(100 * one.count) / most}%` }} />
              <b>{grouped(one.count)}</b>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
