import { useEffect, useRef, useState } from 'react';
import type { Lesions } from '../../protocol/condition.ts';
import { useApp } from '../parts/context.ts';

/** So many earlier states can be gone back to. */
const MOST = 100;
/** Going back to what was cut before counts once it has stood this long (ms): the engine may only repeat it. */
const STANDING = 250;

const equal = (a: Lesions, b: Lesions | undefined | null) =>
  JSON.stringify(a) === JSON.stringify(b);

/** What was cut before: the way back, one lesion at a time, whoever made it. */
export function useLesionHistory(): { readonly canUndo: boolean; undo(): void } {
  const { store, actions } = useApp();
  const past = useRef<readonly Lesions[]>([]);
  const present = useRef<Lesions | null>(null);
  const [canUndo, setCanUndo] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    present.current ??= store.getState().lesions;
    const settle = () => {
      const { lesions } = store.getState();
      const before = present.current;
      if (before === null || equal(lesions, before)) return;
      past.current = [...past.current, before].slice(-MOST);
      present.current = lesions;
      setCanUndo(true);
    };
    const stop = store.subscribe(({ lesions }, before) => {
      if (lesions === before.lesions) return;
      clearTimeout(timer);
      if (equal(lesions, past.current.at(-1))) timer = setTimeout(settle, STANDING);
      else settle();
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [store]);
  return {
    canUndo,
    undo() {
      const previous = past.current.at(-1);
      if (previous === undefined) return;
      past.current = past.current.slice(0, -1);
      present.current = previous;
      setCanUndo(past.current.length > 0);
      void actions.setLesions(previous);
    },
  };
}
