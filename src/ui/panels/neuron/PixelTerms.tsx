import type { ReactNode } from 'react';
import common from '../../parts/common.module.css';
import sums from './sum.module.css';
import { classes } from '../../parts/classes.ts';
import { useApp, useShown } from '../../parts/context.ts';
import { useEpisodeSignals } from '../../parts/frames.ts';
import { exact } from '../../parts/format.ts';
import { Explained } from '../../parts/Formula.tsx';
import { LiveText } from '../../parts/painting.tsx';
import { pixel as words } from './words.ts';

/** What a pixel's error neuron computes, and for a hidden pixel how it is being imagined. */
export function PixelTerms({ index }: { index: number }) {
  const { episode } = useApp();
  const signals = useEpisodeSignals();
  const hidden = useShown(({ picture }) => picture?.mask?.[index] === 0);
  const silent = useShown((shown) => shown.completion === 'silent');
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
    <span className={sums.part}>
      {value}
      <small>
        <Explained>{name}</Explained>
      </small>
    </span>
  );
  return (
    <section aria-label={words.heading}>
      <h3>{words.heading}</h3>
      <p className={classes(sums.sum, common.number)}>
        {part(
          live((x) => x),
          '`x`',
        )}
        −
        {part(
          live((_, mu) => mu),
          '`μ_0`',
        )}
        =
        {part(
          live((_x, _mu, e) => e),
          '`e_0`',
        )}
      </p>
      {hidden && !silent && (
        <>
          <h3>{words.hidden}</h3>
          <p className={classes(sums.sum, common.number)}>
            {part(
              live((x) => x),
              '`x`',
            )}
            −
            {part(
              live((_x, _mu, _e, beta) => beta, true),
              '`β`',
            )}
            ·
            {part(
              live((_x, _mu, e) => e),
              '`e_0`',
            )}
            =
            {part(
              live((x, _mu, e, beta) => x - beta * e),
              words.next,
            )}
          </p>
        </>
      )}
      <p className={common.hint}>
        <Explained>{hidden && silent ? words.silent : words.about}</Explained>
      </p>
    </section>
  );
}
