import { Fragment, useMemo } from 'react';
import { formulaParts } from './formulaParts.ts';
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

/** Text with what stands below and above the line. */
function Scripts({ children }: { children: string }) {
  const parts = children.split(/([_^](?:\{[^}]*\}|.))/u);
  return parts.map((part, i) => {
    const script = part.slice(1).replace(/^\{|\}$/g, '');
    if (part.startsWith('_')) return <sub key={i}>{script}</sub>;
    if (part.startsWith('^')) return <sup key={i}>{script}</sup>;
    return <Fragment key={i}>{part}</Fragment>;
  });
}
