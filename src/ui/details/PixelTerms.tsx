import type { ReactNode } from 'react';
import { useApp, useShown } from '../context.ts';
import { LiveText } from '../painting.tsx';
import { strings } from '../strings.ts';
import { useEpisodeSignals } from './frames.ts';

const words = strings.details.pixel;
const MINUS = '\u2212';
const exact = (value: number) => value.toFixed(4).replace('-', MINUS);

/** What a pixel's error neuron computes, and for a hidden pixel how it is being imagined (Eq. 19). */
export function PixelTerms({ index }: { index: number }) {
  const { episode } = useApp();
  const signals = useEpisodeSignals();
  const hidden = useShown(({ picture }) => picture?.mask?.[index] === 0);
  const live = (of: (x: number, mu: number, e: number, beta: number) => number, beta = false) => (
    <LiveText
      signals={signals}
      read={() => {
        const layout = episode.info?.layout;
        const sections = [layout?.input, layout?.predictions[0], layout?.errors[0]];
        const [x, mu, e] = sections.map((section) => section && episode.read(section)?.[index]);
        const rate = episode.conditionAt()?.steering.beta;
        if (x === undefined || mu === undefined || e === undefined || rate === undefined)
          return '—';
        const value = of(x, mu, e, rate);
        return beta ? String(+value.toPrecision(4)) : exact(value);
      }}
    />
  );
  const part = (value: ReactNode, name: string) => (
    <span className="next-part">
      {value}
      <small>{name}</small>
    </span>
  );
  return (
    <section className="neuron-terms" aria-label={words.heading}>
      <h3>{words.heading}</h3>
      <p className="terms-next number">
        {part(
          live((x) => x),
          'x',
        )}
        −
        {part(
          live((_, mu) => mu),
          'μ₀',
        )}
        =
        {part(
          live((_x, _mu, e) => e),
          'e₀',
        )}
      </p>
      {hidden && (
        <>
          <h3>{words.hidden}</h3>
          <p className="terms-next number">
            {part(
              live((x) => x),
              'x',
            )}
            −
            {part(
              live((_x, _mu, _e, beta) => beta, true),
              'β',
            )}
            ·
            {part(
              live((_x, _mu, e) => e),
              'e₀',
            )}
            =
            {part(
              live((x, _mu, e, beta) => x - beta * e),
              words.next,
            )}
          </p>
        </>
      )}
      <p className="hint">{words.about}</p>
    </section>
  );
}
