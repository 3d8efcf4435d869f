import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';

interface DialogProps {
  label: string;
  closeLabel: string;
  onClose(): void;
  children: ReactNode;
}

/** A modal dialog, open as long as it is mounted. */
export function Dialog({ label, closeLabel, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
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
