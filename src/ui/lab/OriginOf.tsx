import type { CellResult } from '../../experiments/result.ts';
import { useApp } from '../parts/context.ts';
import { duration } from '../parts/format.ts';
import { origin as words } from './words.ts';
import styles from './OriginOf.module.css';

/** How results came to be: the command, the budget, the machine, the date. */
export function OriginOf({ title, results }: { title: string; results: readonly CellResult[] }) {
  const { actions } = useApp();
  const [first] = results;
  if (first === undefined) return null;
  const { command, budget, machine, backend, date } = first.origin;
  const sum = (of: 'training' | 'measuring') =>
    results.reduce((seconds, { origin }) => seconds + origin[of], 0);
  const images = first.numbers['n.bce'] ?? first.numbers['n.err'] ?? first.numbers['n.logpx'];
  return (
    <details className={styles.origin}>
      <summary>{title}</summary>
      <p>
        {words.made(
          results.length,
          budget,
          new Date(date).toLocaleDateString('en'),
          machine,
          backend,
        )}{' '}
        {words.took(duration(sum('training')), duration(sum('measuring')))}{' '}
        {images !== undefined && words.images(images)}
      </p>
      {Object.entries(first.words).map(([name, text]) => (
        <p key={name}>
          {name}: {text}
        </p>
      ))}
      <code>{command}</code>
      <button type="button" onClick={() => void actions.copyCommand(command)}>
        {words.copy}
      </button>
    </details>
  );
}
