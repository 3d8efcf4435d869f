import { useEffect } from 'react';

/**
 * While a part of the page is on show: looks whether what it shows is stale, soon and then every so often. A look that is not over yet is
 * not looked past.
 *
 * @param look asks for what is newer; the same function as long as it asks for the same, null for nothing
 * @param every milliseconds from one look to the next
 * @param pause milliseconds to the first look: whoever hurries past asks for nothing
 */
export function useLooking(look: (() => Promise<unknown>) | null, every: number, pause = 0): void {
  useEffect(() => {
    if (look === null) return;
    let looking = false;
    const lookNow = async () => {
      if (looking) return;
      looking = true;
      try {
        await look();
      } finally {
        looking = false;
      }
    };
    const soon = setTimeout(() => void lookNow(), pause);
    const timer = setInterval(() => void lookNow(), every);
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
    };
  }, [look, every, pause]);
}
