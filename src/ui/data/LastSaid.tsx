import { useState } from 'react';
import { useAppState } from '../parts/context.ts';
import styles from './DataDialog.module.css';

/** What went wrong since the dialog was opened: the page's own line of messages lies behind it. */
export function LastSaid() {
  const newest = useAppState((s) => s.notices.at(-1));
  const [before] = useState(newest?.id ?? 0);
  if (newest?.level !== 'error' || newest.id <= before) return null;
  return <p className={styles.wrong}>{newest.text}</p>;
}
