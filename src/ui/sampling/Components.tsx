import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { percent } from '../parts/format.ts';
import { Picture } from '../parts/Picture.tsx';
import { components as words } from './words.ts';
import styles from './Components.module.css';

/** The Gaussians of the prior, the heaviest first: the picture of each mean, and its weight. One that is pressed is drawn from alone. */
export function Components() {
  const { actions } = useApp();
  const prior = useAppState((s) => s.prior);
  const component = useAppState((s) => s.component);
  if (prior === null) return null;
  const { weights, pictures } = prior;
  const pixels = pictures.length / weights.length;
  const order = [...weights.keys()].sort((a, b) => weights[b]! - weights[a]!);
  const share = (k: number) => percent(weights[k]!);
  const place = component === null ? -1 : order.indexOf(component);
  return (
    <div className={styles.components}>
      <fieldset className={styles.strip} aria-label={words.strip} data-testid="components">
        <button
          type="button"
          className={styles.all}
          aria-pressed={component === null}
          title={words.allTitle}
          onClick={() => void actions.chooseComponent(null)}
        >
          {words.all}
        </button>
        {order.map((k, i) => (
          <button
            key={k}
            type="button"
            className={styles.one}
            aria-pressed={k === component}
            aria-label={words.one(i + 1, share(k))}
            title={words.one(i + 1, share(k))}
            onClick={() => void actions.chooseComponent(k === component ? null : k)}
          >
            <span className={styles.picture}>
              <Picture pixels={pictures.subarray(k * pixels, (k + 1) * pixels)} />
            </span>
            <span className={classes(common.number, common.small)}>{share(k)}</span>
          </button>
        ))}
      </fieldset>
      {component !== null && (
        <p className={common.hint}>{words.from(place + 1, share(component))}</p>
      )}
    </div>
  );
}
