import { useCallback, useMemo } from 'react';
import type { Phase } from '../store/state.ts';
import type { StepNumbers } from '../viz/stepNumbers.ts';
import { stepNumbers } from '../viz/stepNumbers.ts';
import { formatNumber } from '../viz/scales.ts';
import { useApp, useAppState, useShown } from './context.ts';
import { equationOf } from './equations.ts';
import { Formula } from './Formula.tsx';
import { fixed } from './format.ts';
import { LiveText } from './painting.tsx';
import { useExplained, usePhase } from './phase.ts';
import { strings } from './strings.ts';

const words = strings.theatre;
export const PHASE_FLOWS: Record<Phase, string> = {
  predict: 'down',
  error: 'up',
  correct: 'up',
  compete: 'side',
  learn: 'learn',
};

/** What the lit part of a step does: a sentence, its equation, and its numbers, to be read from the back of a class. */
export function StepCaption() {
  const { actions } = useApp();
  const phase = usePhase();
  const explained = useExplained();
  const config = useShown((shown) => shown.config);
  const lesions = useShown((shown) => shown.lesions);
  if (!explained || config === undefined) return null;
  const text = phase === null ? words.stepText : words.phases[phase].text;
  return (
    <section
      className={`step-caption ${phase === null ? '' : `flow-${PHASE_FLOWS[phase]}`}`}
      aria-label={words.stepHeading}
      data-testid="step-caption"
    >
      <div className="step-words">
        <p className="step-title">
          <b>{phase === null ? words.stepHeading : words.phases[phase].name}</b>
          <span>{text}</span>
        </p>
        <p className="step-equation">
          {phase !== null && <Formula>{equationOf(phase, config, lesions)}</Formula>}
        </p>
      </div>
      <StepValues phase={phase} />
      <button
        type="button"
        className="icon quiet"
        aria-label={words.closeSteps}
        title={words.closeSteps}
        onClick={actions.closeSteps}
      >
        ×
      </button>
    </section>
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
      return '‖e‖²';
    case 'correct':
      return words.moves;
    case 'compete':
      return words.inhibits;
    case 'learn':
      return words.learnFrom;
    default:
      return strings.metrics.discrepancy;
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
  const learnt = useCallback(() => {
    const point = curves.points.findLast(({ weightChange }) => weightChange !== null);
    return formatNumber(point?.weightChange);
  }, [curves]);
  if (phase === 'compete' && (!competes || cut))
    return <p className="step-none">{cut ? words.lateralCut : words.noCompetition}</p>;
  return (
    <div className="step-values">
      <span className="step-of">{heading}</span>
      {phase === null || phase === 'predict' ? (
        <span className="step-number large">
          <LiveText read={psi} signals={signals} testId="step-discrepancy" />{' '}
          <small>{words.nats}</small>
        </span>
      ) : phase === 'learn' ? (
        <span className="step-number large">
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
    <span className="step-number">
      <small>{name}</small> <LiveText read={text} signals={signals} />
    </span>
  );
}
