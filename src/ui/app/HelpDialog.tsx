import common from '../parts/common.module.css';
import flows from '../parts/flows.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { help as words } from './words.ts';
import styles from './HelpDialog.module.css';

/** What the page shows, and its keys; in the Lab and in the hall, what they show. */
export function HelpDialog() {
  const { actions } = useApp();
  const open = useAppState((s) => s.helpOpen);
  const mode = useAppState((s) => s.setUp.mode);
  if (!open) return null;
  const own = mode === 'lab' || mode === 'exhibits' ? words[mode] : null;
  const { heading, intro, keys } = own ?? words;
  return (
    <Dialog label={heading} closeLabel={words.close} onClose={() => actions.openHelp(false)}>
      <p>{intro}</p>
      <ul className={styles.flows}>
        {own
          ? own.items.map(([title, text]) => (
              <li key={title}>
                <b>{title}</b> {text}
              </li>
            ))
          : words.items.map(([flow, title, text]) => (
              <li key={flow}>
                <b className={flows[flow]}>{title}</b> {text}
              </li>
            ))}
      </ul>
      <h3>{words.keysHeading}</h3>
      <dl className={styles.keys}>
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p className={common.hint}>{words.source}</p>
    </Dialog>
  );
}
