import { useMemo, useRef, useState } from 'react';
import type { CSSProperties, KeyboardEvent } from 'react';
import type { ComparedRun } from '../../../../protocol/runs.ts';
import { differencesOf } from '../../../../store/comparison.ts';
import { activityRange, lastStep } from '../../../../store/runsBeside.ts';
import type { RunsBeside } from '../../../../store/slices/runsBeside.ts';
import common from '../../../parts/common.module.css';
import { useApp, useAppState } from '../../../parts/context.ts';
import { Dialog } from '../../../parts/Dialog.tsx';
import { Save } from '../../../save/Save.tsx';
import { BesideControls } from './BesideControls.tsx';
import { RunColumn } from './RunColumn.tsx';
import type { Player } from './usePlayer.ts';
import { usePlayer } from './usePlayer.ts';
import { beside as words } from './words.ts';
import styles from './RunsBesideDialog.module.css';

/** Kept runs settling on the same digit, over the whole page. */
export function RunsBesideDialog() {
  const { actions } = useApp();
  const open = useAppState((s) => s.runsBeside !== null);
  if (!open) return null;
  return (
    <Dialog
      full
      label={words.heading}
      closeLabel={words.close}
      onClose={() => void actions.closeRunsBeside()}
    >
      <View />
    </Dialog>
  );
}

/** What each run has that not all have, as lines: "Lateral competition: none". */
function useDifferences(runs: readonly ComparedRun[]): readonly (readonly string[])[] {
  const settings = useAppState((s) => s.report?.settings);
  return useMemo(() => {
    const groups = runs.map((run) => ({ name: run.card.name, runs: [run] }));
    const rows = differencesOf(groups, settings ?? []);
    return runs.map((_, i) => rows.map(({ what, values }) => words.has(what, values[i]!)));
  }, [runs, settings]);
}

/** Space plays, the arrows step: not where an element has these keys for itself. */
function useKeys({ step, show, toggle }: Player) {
  return (event: KeyboardEvent) => {
    const own =
      event.target instanceof HTMLElement && event.target.closest('input, select, button');
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by !== undefined && !(own instanceof HTMLInputElement || own instanceof HTMLSelectElement))
      show(step + by);
    else if (event.key === ' ' && !own) toggle();
    else return;
    event.preventDefault();
  };
}

const NONE: RunsBeside = { ids: [], picture: null, settled: {}, refused: {}, looking: false };

function View() {
  const beside = useAppState((s) => s.runsBeside) ?? NONE;
  const compared = useAppState((s) => s.compared);
  const columns = useRef<HTMLDivElement>(null);
  const [sameScale, setSameScale] = useState(true);
  const { ids, picture, settled, refused, looking } = beside;
  const runs = useMemo(() => ids.flatMap((id) => (compared ?? []).find(({ card }) => card.id === id) ?? []), [ids, compared]); // prettier-ignore
  const known = useMemo(() => ids.flatMap((id) => settled[id] ?? []), [ids, settled]);
  const player = usePlayer(lastStep(known));
  const differences = useDifferences(runs);
  const layers = Math.max(0, ...runs.map(({ config }) => config.sizes.length - 1));
  const ranges = useMemo(() => {
    const rangesOf = (of: typeof known) => Array.from({ length: layers }, (_, i) => activityRange(of, i + 1)); // prettier-ignore
    const together = rangesOf(known);
    return new Map(known.map((run) => [run.card.id, sameScale ? together : rangesOf([run])]));
  }, [known, layers, sameScale]);
  const waiting = runs.find(({ card: { id } }) => !settled[id] && !refused[id])?.card.id;
  return (
    <div className={styles.view} onKeyDown={useKeys(player)}>
      <BesideControls
        beside={beside}
        player={player}
        sameScale={sameScale}
        onSameScale={setSameScale}
        save={
          <Save
            of={columns}
            what={words.heading}
            about={() =>
              [...new Set(runs.map(({ card }) => card.dataset.title)), picture?.origin].join(' · ')
            }
            more={() => words.step(player.step, player.last)}
          />
        }
      />
      <div
        ref={columns}
        className={styles.columns}
        style={{ '--layers': layers, '--runs': runs.length } as CSSProperties}
        tabIndex={0}
        role="group"
        aria-label={words.heading}
        data-testid="runs-beside"
      >
        {runs.map(({ card, config }, i) => (
          <RunColumn
            key={card.id}
            card={settled[card.id]?.card ?? card}
            config={settled[card.id]?.config ?? config}
            differences={differences[i] ?? []}
            layers={layers}
            picture={picture}
            run={settled[card.id] ?? null}
            ranges={ranges.get(card.id) ?? []}
            step={player.step}
            say={
              refused[card.id] ??
              (!looking
                ? picture === null
                  ? words.noPicture
                  : words.stopped
                : picture === null
                  ? words.fetching
                  : card.id === waiting
                    ? words.settling
                    : words.waiting)
            }
          />
        ))}
      </div>
      <p className={common.hint}>
        {(compared ?? []).length > runs.length && `${words.first(runs.length, compared!.length)} `}
        {differences.every((lines) => lines.length === 0) && `${words.allTheSame} `}
        {words.about} {words.keys}
      </p>
    </div>
  );
}
