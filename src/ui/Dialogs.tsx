import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { useApp, useAppState } from './context.ts';
import { strings } from './strings.ts';
import { useFocusReturn } from './useFocusReturn.ts';

interface DialogProps {
  label: string;
  closeLabel: string;
  onClose(): void;
  children: ReactNode;
}

/** A modal dialog, open as long as it is mounted. */
export function Dialog({ label, closeLabel, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useFocusReturn(true);
  useEffect(() => {
    const element = dialog.current;
    if (element !== null && !element.open) element.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className="dialog-body">
        <div className="drawer-head">
          <h2>{label}</h2>
          <button type="button" onClick={onClose}>
            {closeLabel}
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}

/** What the page shows, and its keys. */
export function HelpDialog() {
  const { actions } = useApp();
  const open = useAppState((s) => s.helpOpen);
  if (!open) return null;
  const words = strings.help;
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
        {[...words.keys, ...strings.theatre.keys].map(([key, what]) => (
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

/** The link, where the browser does not let the page copy it. */
export function ShareDialog() {
  const { actions } = useApp();
  const link = useAppState((s) => s.sharedLink);
  if (link === null) return null;
  const { heading, text, close } = strings.shared;
  return (
    <Dialog label={heading} closeLabel={close} onClose={actions.closeShared}>
      <p>{text}</p>
      <input
        readOnly
        className="shared-link"
        aria-label={heading}
        value={link}
        onFocus={(event) => event.target.select()}
      />
    </Dialog>
  );
}
