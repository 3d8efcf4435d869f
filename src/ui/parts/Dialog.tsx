import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import common from './common.module.css';
import { classes } from './classes.ts';
import { useFocusReturn } from './useFocusReturn.ts';
import styles from './Dialog.module.css';

interface DialogProps {
  label: string;
  /** What the button at its head says; without one the dialog has buttons of its own, and a press beside it does not close it. */
  closeLabel?: string;
  /** As wide as the window lets it be. */
  wide?: boolean;
  /** Over the whole page: what it shows fills the window. */
  full?: boolean;
  onClose(): void;
  children: ReactNode;
}

/** A modal dialog, open as long as it is mounted. */
export function Dialog({
  label,
  closeLabel,
  wide = false,
  full = false,
  onClose,
  children,
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useFocusReturn(true);
  useEffect(() => {
    const element = dialog.current;
    if (element !== null && !element.open) element.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={classes(styles.dialog, wide && styles.wide, full && styles.full)}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => closeLabel && event.target === event.currentTarget && onClose()}
    >
      <div className={styles.body}>
        <div className={common.panelHead}>
          <h2>{label}</h2>
          {closeLabel && (
            <button type="button" onClick={onClose}>
              {closeLabel}
            </button>
          )}
        </div>
        {children}
      </div>
    </dialog>
  );
}
