import type { ReactNode } from 'react';
import { Fragment, useMemo } from 'react';
import { formulaParts, wordsAndFormulas } from './formulaParts.ts';
import { Symbol } from './Symbol.tsx';
import styles from './Formula.module.css';

/** An equation as text, with _x or _{xy} set below and ^x or ^{xy} above the line; its symbols explain themselves. */
export function Formula({ children }: { children: string }) {
  const parts = useMemo(() => formulaParts(children), [children]);
  return (
    <span className={styles.formula}>
      {parts.map(({ text, symbol, points }, i) =>
        symbol === null ? (
          <Scripts key={i}>{text}</Scripts>
        ) : (
          <Symbol key={i} of={symbol} points={points}>
            <Scripts>{text}</Scripts>
          </Symbol>
        ),
      )}
    </span>
  );
}

/** Words with equations between backticks, whose symbols explain themselves. */
export function Explained({ children }: { children: string }) {
  return wordsAndFormulas(children).map((piece, i) =>
    i % 2 === 0 ? <Fragment key={i}>{piece}</Fragment> : <Formula key={i}>{piece}</Formula>,
  );
}

interface TermProps {
  /** The term as an equation. */
  formula: string;
  className?: string | undefined;
  /** Its name in words. */
  children: ReactNode;
}

/** A term of an equation with its name, as one: all its symbols are explained together, and all they stand for is lit. */
export function Term({ formula, className, children }: TermProps) {
  const { symbols, points } = useMemo(() => {
    const parts = formulaParts(formula);
    return {
      symbols: [...new Set(parts.flatMap(({ symbol }) => symbol ?? []))],
      points: parts.flatMap((part) => part.points),
    };
  }, [formula]);
  return (
    <Symbol of={symbols} points={points} className={className}>
      {children}{' '}
      <span className={styles.formula}>
        <Scripts>{formula}</Scripts>
      </span>
    </Symbol>
  );
}

/** Text with what stands below and above the line. */
export function Scripts({ children }: { children: string }) {
  const parts = children.split(/([_^](?:\{[^}]*\}|.))/u);
  return parts.map((part, i) => {
    const script = part.slice(1).replace(/^\{|\}$/g, '');
    if (part.startsWith('_')) return <sub key={i}>{script}</sub>;
    if (part.startsWith('^')) return <sup key={i}>{script}</sup>;
    return <Fragment key={i}>{part}</Fragment>;
  });
}
