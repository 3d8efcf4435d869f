import { useCallback, useMemo } from 'react';
import { isByClick } from '../../store/speed.ts';
import type { Phase } from '../../store/state.ts';
import { formatNumber } from '../../viz/scales.ts';
import type { StepNumbers } from '../../viz/stepNumbers.ts';
import { stepNumbers } from '../../viz/stepNumbers.ts';
import buttons from '../parts/buttons.module.css';
import flows from '../parts/flows.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState, useShown } from '../parts/context.ts';
import { fixed } from '../parts/format.ts';
import { Explained, Formula } from '../parts/Formula.tsx';
import { LiveText } from '../parts/painting.tsx';
import { equationOf } from './equations.ts';
import { PHASE_FLOWS } from './phases.ts';
import { useExplained, usePhase } from './usePhase.ts';
import { UpdateValues, useLastUpdate } from './UpdateValues.tsx';
import { phases, step as words } from './words.ts';
import styles from './StepCaption.module.css';

/**
 * The lit part of a step, its equation and its numbers, in a strip that is there whether anything is lit or not. What it does is said where
 * everything is said that happens (ui/run). In Story only the way from part to part stands here.
 */
export function StepCaption({ story }: { story: boolean }) {
  const explained = useExplained();
  const byClick = useAppState(isByClick);
  if (story) return <div className={styles.story}>{byClick && <Walk />}</div>;
  return (
    <div className={styles.strip}>
      {explained ? (
        <Caption />
      ) : (
        <>
          <p className={styles.hint}>{words.text}</p>
          {byClick && <Walk />}
        </>
      )}
    </div>
  );
}

function Caption() {
  const { actions } = useApp();
  const phase = usePhase();
  const config = useShown((shown) => shown.config);
  const definition = useAppState((s) => s.model?.definition);
  const lesions = useShown((shown) => shown.lesions);
  const byClick = useAppState(isByClick);
  if (config === undefined || definition === undefined) return null;
  return (
    <section
      className={classes(styles.caption, phase !== null && flows[PHASE_FLOWS[phase]])}
      aria-label={words.heading}
      data-testid="step-caption"
    >
      <div className={styles.words}>
        <p className={styles.title}>
          <b>{phase === null ? words.heading : phases[phase].name}</b>{' '}
          {phase === null && <span>{words.text}</span>}
        </p>
        {phase !== null && (
          <p className={styles.equation}>
            <Formula>{equationOf(phase, { config, definition }, lesions)}</Formula>
          </p>
        )}
      </div>
      <StepValues phase={phase} />
      {byClick && <Walk />}
      <button
        type="button"
        className={classes(buttons.icon, buttons.quiet)}
        aria-label={words.close}
        title={words.close}
        onClick={actions.closeSteps}
      >
        ×
      </button>
    </section>
  );
}

/** At the slowest speed each part waits for a click, or an arrow key. */
function Walk() {
  const { actions } = useApp();
  return (
    <div className={styles.walk}>
      <button type="button" title={words.backHint} onClick={() => void actions.walk(-1)}>
        {words.back}
      </button>
      <button
        type="button"
        className={classes(buttons.primary, styles.next)}
        title={words.nextHint}
        onClick={() => void actions.walk(1)}
      >
        {words.next}
      </button>
    </div>
  );
}

/** A number with its name. */
type Row = readonly [name: string, read: (numbers: StepNumbers) => string];

const change = (before: number | null | undefined, now: number | null, digits: number) =>
  before === null || before === undefined
    ? fixed(now, digits)
    : `${fixed(before, digits)} → ${fixed(now, digits)}`;

function rowsOf(phase: Phase | null, layers: number): Row[] {
  const each = (read: (numbers: StepNumbers, l: number) => string, from: 0 | 1): Row[] =>
    Array.from({ length: layers }, (_, i) => [
      i + from === 0 ? words.pixels : words.layer(i + from),
      (numbers) => read(numbers, i),
    ]);
  switch (phase) {
    case 'error':
      return each(
        ({ energies, energiesBefore }, l) =>
          change(energiesBefore?.[l], energies[l] ?? null, energies[l]! < 1 ? 2 : 1),
        0,
      );
    case 'correct':
      return each(({ corrections }, l) => formatNumber(corrections[l], 2), 1);
    case 'compete':
      return each(({ competitions }, l) => formatNumber(competitions[l], 2), 1);
    default:
      return [];
  }
}

/** The heading of the numbers of a part. */
function headingOf(phase: Phase | null): string {
  switch (phase) {
    case 'error':
      return '`‖e‖²`';
    case 'correct':
      return words.moves;
    case 'compete':
      return words.inhibits;
    case 'learn':
      return words.learnFrom;
    default:
      return words.discrepancy;
  }
}

function StepValues({ phase }: { phase: Phase | null }) {
  const { episode, curves } = useApp();
  const layers = useAppState((s) => (s.model?.config.sizes.length ?? 4) - 1);
  const competes = useShown(({ config }) => config?.lateral !== 'none');
  const cut = useShown((shown) => shown.lesions.lateral);
  const signals = useMemo(() => [episode.changed, curves.changed], [episode, curves]);
  const heading = headingOf(phase);
  const rows = rowsOf(phase, layers);
  const psi = useCallback(() => {
    const numbers = stepNumbers(episode);
    return numbers === null ? '—' : change(numbers.before, numbers.discrepancy, 1);
  }, [episode]);
  const update = useLastUpdate();
  const learnt = useCallback(() => {
    const point = curves.points.findLast(({ weightChanges }) => weightChanges.length > 0);
    // The generative synapses W1 … come first.
    return formatNumber(point && Math.hypot(...point.weightChanges.slice(0, layers)));
  }, [curves, layers]);
  if (phase === 'compete' && (!competes || cut))
    return <p className={styles.none}>{cut ? words.lateralCut : words.noCompetition}</p>;
  if (phase === 'learn' && update !== null) return <UpdateValues matrices={update.matrices} />;
  return (
    <div className={styles.values}>
      <span className={styles.of}>
        <Explained>{heading}</Explained>
      </span>
      {phase === null || phase === 'predict' ? (
        <span className={classes(styles.number, styles.large)}>
          <LiveText read={psi} signals={signals} testId="step-discrepancy" />{' '}
          <small>
            <Explained>{words.nats}</Explained>
          </small>
        </span>
      ) : phase === 'learn' ? (
        <span className={classes(styles.number, styles.large)}>
          <LiveText read={learnt} signals={signals} />
        </span>
      ) : (
        rows.map(([name, read]) => <Value key={name} name={name} read={read} signals={signals} />)
      )}
    </div>
  );
}

interface ValueProps {
  name: string;
  read(numbers: StepNumbers): string;
  signals: Parameters<typeof LiveText>[0]['signals'];
}

function Value({ name, read, signals }: ValueProps) {
  const { episode } = useApp();
  const text = useCallback(() => {
    const numbers = stepNumbers(episode);
    return numbers === null ? '—' : read(numbers);
  }, [episode, read]);
  return (
    <span className={styles.number}>
      <small>{name}</small> <LiveText read={text} signals={signals} />
    </span>
  );
}
