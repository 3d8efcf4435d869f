import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { App } from '../../store/app.ts';
import '@fontsource-variable/inter/wght.css';
import './base.css';
import { Page } from './Page.tsx';

/** Puts the page around an app into the document. */
export function mount(root: HTMLElement, app: App): void {
  createRoot(root).render(
    <StrictMode>
      <Page app={app} />
    </StrictMode>,
  );
}
