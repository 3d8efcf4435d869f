import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { App } from '../../store/app.ts';
import { Page } from './Page.tsx';
import '../styles/base.css';
import '../styles/layout.css';
import '../styles/panels.css';
import '../styles/details.css';
import '../styles/theatre.css';
import '../styles/bench.css';

/** Puts the page around an app into the document. */
export function mount(root: HTMLElement, app: App): void {
  createRoot(root).render(
    <StrictMode>
      <Page app={app} />
    </StrictMode>,
  );
}
