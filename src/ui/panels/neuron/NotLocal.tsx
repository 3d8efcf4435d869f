import { grouped } from '../../../shared/grouped.ts';
import type { Elsewhere } from '../../../store/locality.ts';
import { elsewhere } from '../../../store/locality.ts';
import common from '../../parts/common.module.css';
import { useShown } from '../../parts/context.ts';
import { Explained } from '../../parts/Formula.tsx';
import { synapse as words } from './words.ts';
import styles from './NotLocal.module.css';

type Family = Parameters<typeof elsewhere>[0];
const WRITTEN: Record<Family, string> = { W: 'W', E: 'E', M: 'M', Sigma: 'Σ', V: 'V' };

/** What the synapses of a layer need from elsewhere in order to learn: those of the card first, the others on demand. */
export function NotLocal({ layer }: { layer: number }) {
  const config = useShown((shown) => shown.config);
  const cut = useShown((shown) => shown.lesions.precision);
  if (config === undefined) return null;
  // Without precision no error is weighed.
  const acting = cut ? { ...config, precision: 'none' as const } : config;
  const rows = (family: Family) =>
    elsewhere(family, layer, acting).map((need) => (
      <li key={family + need.kind}>
        <span>
          <Explained>{`\`${WRITTEN[family]}_${layer}\` ${nameOf(family, need, config.normAxis)}`}</Explained>
        </span>
        <b className={common.number}>{grouped(need.count)}</b>
      </li>
    ));
  const others = [...rows('M'), ...rows('Sigma')];
  return (
    <div className={styles.elsewhere} data-testid="synapse-elsewhere">
      <h4>{words.elsewhere}</h4>
      <ul>
        {rows('W')}
        {rows('E')}
      </ul>
      <p className={common.hint}>{words.optimizer[config.optimizer]}</p>
      {(others.length > 0 || config.lateral !== 'none') && (
        <details>
          <summary>{words.others}</summary>
          <ul>
            {others}
            {config.lateral !== 'none' && (
              <li>
                <span>
                  <Explained>{`\`V_${layer}\` ${words.fixed}`}</Explained>
                </span>
              </li>
            )}
          </ul>
        </details>
      )}
    </div>
  );
}

function nameOf(family: Family, { kind, layer }: Elsewhere, axis: 0 | 1): string {
  if (kind === 'covariance')
    return family === 'Sigma' ? words.inverse(layer) : words.covariance(layer);
  if (family === 'Sigma') return words.norm.covariance;
  return axis === 0 ? words.norm.reach : words.norm.send;
}
