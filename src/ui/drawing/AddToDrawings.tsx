import type { KeyboardEvent, SyntheticEvent } from 'react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { isBlank } from '../../store/drawing.ts';
import common from '../parts/common.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { useDismiss } from '../parts/useDismiss.ts';
import { adding as words } from './words.ts';
import styles from './AddToDrawings.module.css';

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Keeps what is drawn, under a label that takes one click. */
export function AddToDrawings() {
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const blank = useAppState((s) => isBlank(s.drawing.present));
  const ready = useAppState((s) => s.engine === 'ready');
  const frame = useRef<HTMLDivElement>(null);
  useDismiss(frame, open, close);
  return (
    <div className={styles.frame} ref={frame}>
      <button
        type="button"
        aria-expanded={open}
        aria-haspopup="dialog"
        disabled={blank || !ready}
        onClick={() => setOpen(!open)}
      >
        {words.add}
      </button>
      {open && (
        <Labels
          onDone={() => {
            close();
            frame.current?.querySelector('button')?.focus();
          }}
        />
      )}
    </div>
  );
}

function Labels({ onDone }: { onDone(): void }) {
  const { actions } = useApp();
  const drawings = useAppState((s) => s.drawings?.drawings);
  const [word, setWord] = useState('');
  const [clears, setClears] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    first.current?.focus();
    void actions.listDrawings();
  }, [actions]);
  const others = useMemo(
    () => [...new Set(drawings?.map(({ label }) => label))].filter((label) => !DIGITS.includes(label)), // prettier-ignore
    [drawings],
  );
  const add = async (label: string) => {
    if (label.trim() === '' || !(await actions.addDrawing(label))) return;
    if (clears) actions.clear();
    onDone();
  };
  const onKey = (event: KeyboardEvent) => {
    const typing = event.target instanceof HTMLInputElement && event.target.type === 'text';
    if (typing || !DIGITS.includes(event.key) || event.ctrlKey || event.metaKey) return;
    // A digit is the label here, not a mode of the page.
    event.preventDefault();
    event.stopPropagation();
    void add(event.key);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void add(word);
  };
  return (
    <div role="dialog" aria-label={words.what} className={styles.labels} onKeyDown={onKey}>
      <p>{words.what}</p>
      <div className={styles.digits}>
        {DIGITS.map((digit, i) => (
          <button
            key={digit}
            ref={i === 0 ? first : undefined}
            type="button"
            onClick={() => void add(digit)}
          >
            {digit}
          </button>
        ))}
      </div>
      {others.length > 0 && (
        <div className={styles.words}>
          {others.map((label) => (
            <button key={label} type="button" title={label} onClick={() => void add(label)}>
              {label}
            </button>
          ))}
        </div>
      )}
      <form onSubmit={submit}>
        <input
          type="text"
          aria-label={words.word}
          placeholder={words.word}
          value={word}
          maxLength={30}
          onChange={({ target }) => setWord(target.value)}
        />
        <button type="submit" disabled={word.trim() === ''}>
          {words.take}
        </button>
      </form>
      <label className={common.small}>
        <input
          type="checkbox"
          checked={clears}
          onChange={({ target }) => setClears(target.checked)}
        />{' '}
        {words.clears}
      </label>
    </div>
  );
}
