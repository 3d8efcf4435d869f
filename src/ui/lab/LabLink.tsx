import type { MouseEvent, ReactNode } from 'react';
import { useApp } from '../parts/context.ts';

interface LabLinkProps {
  /** An experiment, or another view of the Lab. */
  to: string;
  title?: string;
  /** It is the one on show. */
  current?: boolean;
  children: ReactNode;
}

/** A link to an experiment of the Lab. */
export function LabLink({ to, title, current = false, children }: LabLinkProps) {
  const { actions } = useApp();
  const open = (event: MouseEvent) => {
    // A new tab or window is the browser's.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    actions.openExperiment(to);
    void actions.setMode('lab');
  };
  return (
    <a
      href={`#mode=lab&experiment=${to}`}
      title={title}
      aria-current={current ? 'page' : undefined}
      onClick={open}
    >
      {children}
    </a>
  );
}
