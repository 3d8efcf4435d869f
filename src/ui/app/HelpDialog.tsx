import { useApp, useAppState } from '../parts/context.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { help as words } from './words.ts';

/** What the page shows, and its keys. */
export function HelpDialog() {
  const { actions } = useApp();
  const open = useAppState((s) => s.helpOpen);
  if (!open) return null;
  return (
    <Dialog label={words.heading} closeLabel={words.close} onClose={() => actions.openHelp(false)}>
      <p>{words.intro}</p>
      <ul className="help-flows">
        {words.items.map(([flow, title, text]) => (
          <li key={flow}>
            <b className={`flow-${flow}`}>{title}</b> {text}
          </li>
        ))}
      </ul>
      <h3>{words.keysHeading}</h3>
      <dl className="help-keys">
        {words.keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p className="hint">{words.source}</p>
    </Dialog>
  );
}
