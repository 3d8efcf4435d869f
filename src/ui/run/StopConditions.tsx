import { useState } from 'react';
import type { StopCondition } from '../../store/stopRule.ts';
import { CONDITIONS, conditionRange, endsByItself } from '../../store/stopRule.ts';
import common from '../parts/common.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { duration } from '../parts/format.ts';
import { training } from './words.ts';
import styles from './StopConditions.module.css';

const { end: words } = training;

/** When training ends by itself: in a line, and on demand to be changed. */
export function StopConditions() {
  const rule = useAppState((s) => s.setUp.stop);
  const left = useAppState((s) => s.training?.stop?.secondsLeft ?? null);
  const noBetter = useAppState((s) => s.training?.stop?.noBetter ?? null);
  const set = CONDITIONS.flatMap((condition) => {
    const value = rule[condition];
    return value === null ? [] : [words.said[condition](value)];
  });
  return (
    <details className={styles.end}>
      <summary>
        {words.heading}: <b>{endsByItself(rule) ? words.when(set) : words.never}</b>
      </summary>
      <div className={styles.conditions}>
        {CONDITIONS.map((condition) => (
          <Condition key={condition} condition={condition} />
        ))}
      </div>
      <p className={common.hint}>{words.about}</p>
      {left !== null && <p className={common.hint}>{words.left(duration(left))}</p>}
      {noBetter !== null && <p className={common.hint}>{words.noBetter(noBetter)}</p>}
    </details>
  );
}

function Condition({ condition }: { condition: StopCondition }) {
  const { actions } = useApp();
  const value = useAppState((s) => s.setUp.stop[condition]);
  const given = value === null ? '' : String(value);
  const [text, setText] = useState(given);
  const [refused, setRefused] = useState<string | null>(null);
  const [known, setKnown] = useState(given);
  if (known !== given) {
    setKnown(given);
    setText(given);
    setRefused(null);
  }
  const apply = async () => {
    if (text === given) return setRefused(null);
    setRefused(await actions.setStop(condition, text));
  };
  return (
    <>
      <label>
        <span>{words.conditions[condition]}</span>
        <input
          inputMode="decimal"
          placeholder="—"
          title={conditionRange(condition)}
          aria-invalid={refused !== null}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => void apply()}
          onKeyDown={(event) => event.key === 'Enter' && void apply()}
        />
      </label>
      {refused !== null && (
        <p role="alert" className={styles.refused}>
          {refused}
        </p>
      )}
    </>
  );
}
