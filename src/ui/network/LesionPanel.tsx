import type { Cut } from '../../store/actions/meddling.ts';
import { pinnedIsSilent } from '../../store/slices/selection.ts';
import buttons from '../parts/buttons.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { IntactBeside } from './IntactBeside.tsx';
import { lesionNames } from './lesionNames.ts';
import { lesions as words } from './words.ts';
import styles from './LesionPanel.module.css';

const CUTS = Object.keys(words.cuts) as Cut[];

/** Switches that cut parts of the network while it settles, and one that heals all. */
export function LesionPanel({ canUndo, undo }: { canUndo: boolean; undo(): void }) {
  const { actions } = useApp();
  const lesions = useAppState((s) => s.lesions);
  const layers = useAppState((s) => (s.model?.config.sizes.length ?? 4) - 1);
  const pin = useAppState((s) => s.pin);
  const names = lesionNames(lesions);
  const unit = pin !== null && pin.layer > 0 ? pin : null;
  const silent = useAppState(pinnedIsSilent);
  return (
    <section className={styles.panel} aria-label={words.heading}>
      <div className={styles.chips} role="group" aria-label={words.cut}>
        {CUTS.map((cut) => (
          <button
            key={cut}
            type="button"
            aria-label={words.cutOf(words.cuts[cut].label)}
            aria-pressed={lesions[cut]}
            title={words.cuts[cut].text}
            onClick={() => void actions.toggleCut(cut)}
          >
            {words.cuts[cut].name}
          </button>
        ))}
      </div>
      <div className={styles.chips} role="group" aria-label={words.silence}>
        <span>{words.silence}</span>
        {Array.from({ length: layers }, (_, i) => i + 1).map((layer) => (
          <button
            key={layer}
            type="button"
            aria-pressed={lesions.layers.includes(layer)}
            aria-label={words.silenceLayer(layer)}
            onClick={() => void actions.toggleLayer(layer)}
          >
            z<sub>{layer}</sub>
          </button>
        ))}
      </div>
      <div className={styles.chips}>
        <button
          type="button"
          className={styles.unit}
          disabled={unit === null}
          aria-pressed={silent}
          onClick={() => unit !== null && void actions.toggleUnit(unit)}
        >
          {silent ? words.unitOn : words.unit}{' '}
          <small>{unit === null ? words.pinFirst : words.pinned(unit.index, unit.layer)}</small>
        </button>
      </div>
      <div className={buttons.row}>
        <button
          type="button"
          className={buttons.wide}
          disabled={names.length === 0}
          onClick={() => void actions.heal()}
        >
          {words.restore}
        </button>
        <button type="button" className={buttons.wide} disabled={!canUndo} onClick={undo}>
          {words.undo}
        </button>
      </div>
      {names.length > 0 && <IntactBeside layers={layers} />}
    </section>
  );
}
