import { useEffect, useRef } from 'react';

/** While something is open, remembers what had the focus when it opened; closed, it gives it back unless the user is elsewhere. */
export function useFocusReturn(open: boolean): void {
  const opener = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (!open) return;
    const { activeElement } = document;
    // What lies in a dialog cannot have opened it.
    if (activeElement instanceof HTMLElement && activeElement.closest('dialog') === null)
      opener.current = activeElement;
    return () => {
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (lost) opener.current?.focus();
    };
  }, [open]);
}
