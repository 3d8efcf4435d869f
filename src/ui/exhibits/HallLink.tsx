import type { MouseEvent, ReactNode } from 'react';
import type { HallView } from '../../store/exhibitViews.ts';
import { useApp } from '../parts/context.ts';

interface HallLinkProps {
  to: HallView;
  className?: string | undefined;
  title?: string;
  children: ReactNode;
}

/** A link to an exhibit, or to the plan of the hall. */
export function HallLink({ to, className, title, children }: HallLinkProps) {
  const { actions } = useApp();
  const open = (event: MouseEvent) => {
    // A new tab or window is the browser's.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    actions.openExhibit(to);
    void actions.setMode('exhibits');
  };
  return (
    <a href={`#mode=exhibits&exhibit=${to}`} className={className} title={title} onClick={open}>
      {children}
    </a>
  );
}
