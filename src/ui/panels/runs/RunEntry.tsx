import type { KeyboardEvent, SyntheticEvent } from 'react';
import { useState } from 'react';
import type { RunCard } from '../../../protocol/runs.ts';
import buttons from '../../parts/buttons.module.css';
import common from '../../parts/common.module.css';
import { classes } from '../../parts/classes.ts';
import { useApp, useAppState } from '../../parts/context.ts';
import { duration, fixed, moment } from '../../parts/format.ts';
import { runs as words } from './words.ts';
import styles from './RunsPanel.module.css';

/** A run: what it is, and what can be done with it. */
export function RunEntry({ run }: { run: RunCard }) {
  const { actions } = useApp();
  const [renaming, setRenaming] = useState(false);
  const chosen = useAppState((s) => s.chosenRuns.includes(run.id));
  const here = useAppState((s) => s.autosave.card?.id === run.id);
  const learning = useAppState((s) => s.activity === 'training') && here;
  const { id, name, imagesSeen, validationBce, trainBce, seed, seconds, saved, underway } = run;
  const state = learning ? words.training : here ? words.open : underway ? words.cutOff : null;
  return (
    <li className={styles.run}>
      <div className={styles.title}>
        <input
          type="checkbox"
          aria-label={words.choose(name)}
          title={words.choose(name)}
          checked={chosen}
          onChange={() => actions.chooseRun(id)}
        />
        {renaming ? (
          <Renaming run={run} onDone={() => setRenaming(false)} />
        ) : (
          <h3 title={name}>{name}</h3>
        )}
        {state !== null && <span className={classes(styles.state, common.small)}>{state}</span>}
      </div>
      <p className={classes(common.hint, common.number)}>
        {words.images(imagesSeen)}
        {validationBce !== null
          ? ` · ${words.validation(fixed(validationBce))}`
          : trainBce !== null && ` · ${words.trainBce(fixed(trainBce))}`}
        <br />
        {words.seed(seed)} · {words.learnt(duration(seconds))} · {words.kept(moment(saved))}
      </p>
      <div className={styles.does}>
        {!here && (
          <button
            type="button"
            aria-label={words.goOnWith(name)}
            onClick={() => void actions.goOn(id)}
          >
            {words.goOn}
          </button>
        )}
        <button type="button" className={buttons.link} onClick={() => setRenaming(true)}>
          {words.rename}
        </button>
        <button
          type="button"
          className={buttons.link}
          onClick={() => void actions.duplicateRun(id)}
        >
          {words.duplicate}
        </button>
        <button type="button" className={buttons.link} onClick={() => void actions.exportRun(id)}>
          {words.export}
        </button>
        <button type="button" className={buttons.link} onClick={() => void actions.removeRun(id)}>
          {words.remove}
        </button>
      </div>
    </li>
  );
}

/** A field for another name: Enter takes it, Escape leaves the old one. */
function Renaming({ run: { id, name }, onDone }: { run: RunCard; onDone(): void }) {
  const { actions } = useApp();
  const [text, setText] = useState(name);
  const take = (event?: SyntheticEvent) => {
    event?.preventDefault();
    onDone();
    if (text.trim() !== '' && text !== name) void actions.renameRun(id, text);
  };
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onDone();
  };
  return (
    <form onSubmit={take}>
      <input
        autoFocus
        aria-label={words.name}
        value={text}
        maxLength={100}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={leave}
        onBlur={() => take()}
        onFocus={({ target }) => target.select()}
      />
    </form>
  );
}
