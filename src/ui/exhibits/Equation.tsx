import type { Exhibit, Term } from '../../exhibits/exhibit.ts';
import common from '../parts/common.module.css';
import { Scripts } from '../parts/Formula.tsx';
import { hall as words } from './words.ts';
import styles from './Equation.module.css';

interface EquationProps {
  exhibit: Exhibit;
  lit: string | null;
  onLight(what: string | null): void;
}

/** The equation: pointing at a term, by hover, focus or a press, says what it stands for and lights it in the picture. */
export function Equation({ exhibit: { equation, source }, lit, onLight }: EquationProps) {
  const shown = equation.find((term) => lit !== null && lightOf(term) === lit);
  return (
    <section aria-label={words.equation}>
      <p className={styles.equation}>
        {piecesOf(equation).map(({ term, text, closed }, i) => {
          const light = lightOf(term);
          if (light === null) return <span key={i}><Scripts>{text}</Scripts></span>; // prettier-ignore
          return (
            <span key={i} className={styles.whole}>
              <button
                type="button"
                className={styles.term}
                aria-label={`${text}: ${term.name}`}
                aria-pressed={lit === light}
                onPointerEnter={({ pointerType }) => pointerType !== 'touch' && onLight(light)}
                onPointerLeave={({ pointerType }) => pointerType !== 'touch' && onLight(null)}
                onFocus={() => onLight(light)}
                onBlur={() => onLight(null)}
                onClick={() => onLight(light)}
              >
                <Scripts>{text}</Scripts>
              </button>
              {closed}
            </span>
          );
        })}
      </p>
      <p className={styles.name} aria-live="polite">
        {shown?.name ?? <span className={common.soft}>{words.pointAt}</span>}
      </p>
      <p className={common.hint}>{source}</p>
    </section>
  );
}

/** Signs that no line may begin with. */
const CLOSING = /^(?:[,;)]|\s*·)*/;

/** The pieces of an equation: what is written of each term, and the signs after it that stay on its line. */
function piecesOf(equation: readonly Term[]) {
  const isSign = (term?: Term): term is Term => term !== undefined && lightOf(term) === null;
  return equation.map((term, i) => {
    const [before, after] = [equation[i - 1], equation[i + 1]];
    const isClosing = isSign(term) && before !== undefined && !isSign(before);
    const text = isClosing ? term.text.replace(CLOSING, '') : term.text;
    const closed = !isSign(term) && isSign(after) ? CLOSING.exec(after.text)![0] : '';
    return { term, text, closed };
  });
}

/** What a term lights: its own word, or where it has none, its name; null: it is only a sign. */
const lightOf = ({ name, lights }: Term): string | null => lights ?? name ?? null;
