import type { RefObject } from 'react';
import { useEffect } from 'react';

/**
 * While something is open: Esc closes it wherever the focus is, and so does a press outside of it. Esc gives the focus back to
 * what opened it, the first button or summary inside `frame`.
 */
export function useDismiss(
  frame: RefObject<HTMLElement | null>,
  open: boolean,
  close: () => void,
): void {
  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (event.target instanceof HTMLElement && event.target.closest('dialog') !== null) return;
      // The page takes Esc for itself otherwise.
      event.preventDefault();
      close();
      frame.current?.querySelector<HTMLElement>('summary, button')?.focus();
    };
    const onPress = ({ target }: PointerEvent) => {
      if (target instanceof Node && frame.current?.contains(target) === false) close();
    };
    // Before the page's own keys, which are listened for on the window too.
    window.addEventListener('keydown', onKey, { capture: true });
    window.addEventListener('pointerdown', onPress);
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true });
      window.removeEventListener('pointerdown', onPress);
    };
  }, [frame, open, close]);
}
