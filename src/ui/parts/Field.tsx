import type { ReactNode } from 'react';

interface FieldProps {
  label: string;
  /** The label above the control, where that needs the whole width. */
  stacked?: boolean;
  /** The label is for screen readers only: the control needs the whole width, and speaks for itself. */
  unlabelled?: boolean;
  children: ReactNode;
}

/** A control with its label, to the left or above. */
export function Field({ label, stacked = false, unlabelled = false, children }: FieldProps) {
  return (
    <label className={unlabelled ? 'field unlabelled' : stacked ? 'field stacked' : 'field'}>
      <span className={unlabelled ? 'visually-hidden' : ''}>{label}</span>
      {children}
    </label>
  );
}
