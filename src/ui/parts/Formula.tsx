import { Fragment } from 'react';
import styles from './Formula.module.css';

/** An equation as text, with _x or _{xy} set below and ^x or ^{xy} above the line. */
export function Formula({ children }: { children: string }) {
  const parts = children.split(/([_^](?:\{[^}]*\}|.))/u);
  return (
    <span className={styles.formula}>
      {parts.map((part, i) => {
        const script = part.slice(1).replace(/^\{|\}$/g, '');
        if (part.startsWith('_')) return <sub key={i}>{script}</sub>;
        if (part.startsWith('^')) return <sup key={i}>{script}</sup>;
        return <Fragment key={i}>{part}</Fragment>;
      })}
    </span>
  );
}
