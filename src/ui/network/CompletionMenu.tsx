import type { CompletionRule } from '../../protocol/episode.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { completion as words } from './words.ts';

const RULES = Object.keys(words.rules) as CompletionRule[];

/** By which rule hidden pixels are completed. */
export function CompletionMenu() {
  const { actions } = useApp();
  const how = useAppState((s) => s.setUp.completion);
  return (
    <select
      aria-label={words.label}
      title={words.about[how]}
      value={how}
      onChange={(event) => void actions.setCompletion(event.target.value as CompletionRule)}
    >
      {RULES.map((rule) => (
        <option key={rule} value={rule}>
          {words.rules[rule]}
        </option>
      ))}
    </select>
  );
}
