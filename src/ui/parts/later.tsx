import type { ComponentType } from 'react';
import { lazy, Suspense } from 'react';
import common from './common.module.css';
import { later as words } from './words.ts';

/** A part of the page that its first picture does without. */
export interface LaterPart {
  /** It: as long as it is on its way, nothing is in its place. */
  readonly Part: ComponentType;
  /** Has it come before somebody asks for it. */
  fetch(): Promise<void>;
}

/** A part of the page whose program comes when it is first shown, or fetched. */
export function later(load: () => Promise<ComponentType>): LaterPart {
  let coming: Promise<{ readonly default: ComponentType }> | null = null;
  const come = () => {
    coming ??= load()
      .catch(() => Missing)
      .then((part) => ({ default: part }));
    return coming;
  };
  const Lazy = lazy(come);
  const Part = () => (
    <Suspense fallback={null}>
      <Lazy />
    </Suspense>
  );
  return { Part, fetch: () => come().then(() => undefined) };
}

function Missing() {
  return (
    <p role="alert" className={common.empty}>
      {words.missing}
    </p>
  );
}
