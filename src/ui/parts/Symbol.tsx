import type { ReactNode } from 'react';
import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { Pointed } from '../../store/state.ts';
import { SeeInHall } from '../exhibits/SeeInHall.tsx';
import { classes } from './classes.ts';
import { useApp } from './context.ts';
import type { Rectangle } from './place.ts';
import { placeNote } from './place.ts';
import { explained as words, symbols } from './words.ts';
import styles from './Symbol.module.css';

/** A symbol that is explained in the words. */
export type SymbolName = keyof typeof symbols;

interface SymbolProps {
  /** What is explained: one symbol, or all that a term is made of. */
  of: SymbolName | readonly SymbolName[];
  /** What lights up on the stage meanwhile; give it the same array each time. */
  points?: readonly Pointed[];
  className?: string | undefined;
  /** How it is written here; without: as in the words. */
  children?: ReactNode;
}

/** Closed, open while the pointer or the focus is on it, or kept open by a press. */
type Standing = 'closed' | 'open' | 'kept';

/**
 * A symbol that explains itself on hover, focus or a press, and lights what it stands for on the stage. Esc closes the note; the focus
 * stays where it is.
 */
export function Symbol({ of, points, className, children }: SymbolProps) {
  const { actions } = useApp();
  const [standing, setStanding] = useState<Standing>('closed');
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const names = typeof of === 'string' ? [of] : of;
  const open = standing !== 'closed';
  const close = useCallback(() => setStanding('closed'), []);
  useEffect(() => {
    if (!open || points === undefined) return;
    actions.point(points);
    return () => actions.point([]);
  }, [open, points, actions]);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={classes(styles.symbol, className)}
        aria-label={names
          .map((name) => `${symbols[name].symbol}, ${symbols[name].name}`)
          .join('; ')}
        aria-expanded={open}
        aria-describedby={open ? id : undefined}
        data-symbol={names.join(' ')}
        onPointerEnter={({ pointerType }) => {
          // A finger presses; it does not hover.
          if (pointerType !== 'touch') setStanding((now) => (now === 'closed' ? 'open' : now));
        }}
        onPointerLeave={() => setStanding((now) => (now === 'open' ? 'closed' : now))}
        onFocus={({ currentTarget }) => {
          if (currentTarget.matches(':focus-visible')) setStanding('open');
        }}
        // What the note leads to is a part of it.
        onBlur={({ relatedTarget }) =>
          document.getElementById(id)?.contains(relatedTarget) === true || close()
        }
        onClick={({ detail }) =>
          // A mouse has opened it already, and a press keeps it; on the keyboard a press opens or closes.
          setStanding((now) =>
            now === 'closed' || (now === 'open' && detail > 0) ? 'kept' : 'closed',
          )
        }
      >
        {children ?? symbols[names[0] ?? 'state'].symbol}
      </button>
      {open && <Note id={id} names={names} about={button} onClose={close} />}
    </>
  );
}

/** Where a note may stand: in the window, and in the panel at its side if there is one, so that the stage stays in view. */
function roomOf(about: HTMLElement): Rectangle {
  const { innerWidth, innerHeight } = window;
  const panel = about.closest('aside')?.getBoundingClientRect();
  const left = Math.max(0, panel?.left ?? 0);
  const right = Math.min(innerWidth, panel?.right ?? innerWidth);
  return { left, top: 0, width: right - left, height: innerHeight };
}

interface NoteProps {
  id: string;
  names: readonly SymbolName[];
  about: { readonly current: HTMLElement | null };
  onClose(): void;
}

/** The explanation, above everything else on the page but never on what it explains. */
function Note({ id, names, about, onClose }: NoteProps) {
  const note = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const element = note.current;
    if (element === null) return;
    element.showPopover();
    const place = () => {
      if (about.current === null) return;
      // What lights up for it should be seen.
      const lit = [...document.querySelectorAll('[data-lit]')];
      const at = placeNote(
        about.current.getBoundingClientRect(),
        element.getBoundingClientRect(),
        roomOf(about.current),
        lit.map((one) => one.getBoundingClientRect()),
      );
      element.style.left = `${at.left}px`;
      element.style.top = `${at.top}px`;
    };
    // The stage lights up, panels grow and scroll while it is open: it goes with what it is about.
    let frame = 0;
    const follow = () => {
      place();
      frame = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(frame);
  }, [about]);
  useEffect(() => {
    // Whatever else Esc would do waits: the note is what is open on top.
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      onClose();
    };
    const onPress = ({ target }: PointerEvent) => {
      const own = [about.current, note.current];
      if (target instanceof Node && own.some((one) => one?.contains(target) === true)) return;
      onClose();
    };
    document.addEventListener('keydown', onKey, { capture: true });
    document.addEventListener('pointerdown', onPress, { capture: true });
    return () => {
      document.removeEventListener('keydown', onKey, { capture: true });
      document.removeEventListener('pointerdown', onPress, { capture: true });
    };
  }, [about, onClose]);
  return (
    <span ref={note} id={id} popover="manual" role="tooltip" className={styles.note}>
      {names.map((name) => {
        const { symbol, name: title, text, unit } = symbols[name];
        return (
          <span key={name} className={styles.entry}>
            <b>
              {symbol} <span>{title}</span>
            </b>
            <span>{text}</span>
            <span className={styles.unit}>{words.unit(unit)}</span>
            <SeeInHall of={name} className={styles.see} />
          </span>
        );
      })}
    </span>
  );
}
