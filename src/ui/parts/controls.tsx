import type { KeyboardEvent, ReactNode } from 'react';
import { useId, useRef } from 'react';

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

interface SegmentsProps<T extends string> {
  name: string;
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange(value: T): void;
}

/** One of few, as radio buttons that look like one segmented button. */
export function Segments<T extends string>({
  name,
  label,
  value,
  options,
  onChange,
}: SegmentsProps<T>) {
  return (
    <fieldset className="segments">
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface TabsProps<T extends string> {
  label: string;
  className: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange(value: T): void;
  /** Id of the panel that the tabs switch. */
  panel: string;
}

/** Tabs by the WAI-ARIA pattern: one stop for the Tab key, arrow keys move and activate. */
export function Tabs<T extends string>(props: TabsProps<T>) {
  const { label, className, value, options, onChange, panel } = props;
  const buttons = useRef(new Map<T, HTMLButtonElement>());
  const id = useId();
  const move = (event: KeyboardEvent) => {
    const index = options.findIndex((option) => option.value === value);
    const last = options.length - 1;
    const next = {
      ArrowRight: index === last ? 0 : index + 1,
      ArrowLeft: index === 0 ? last : index - 1,
      Home: 0,
      End: last,
    }[event.key];
    const option = next === undefined ? undefined : options[next];
    if (option === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(option.value);
    buttons.current.get(option.value)?.focus();
  };
  return (
    <div role="tablist" aria-label={label} className={className} onKeyDown={move}>
      {options.map((option) => (
        <button
          key={option.value}
          ref={(element) => {
            if (element !== null) buttons.current.set(option.value, element);
          }}
          type="button"
          role="tab"
          id={`${id}-${option.value}`}
          aria-selected={option.value === value}
          aria-controls={panel}
          tabIndex={option.value === value ? 0 : -1}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}

/** How far long work is. */
export function ProgressBar({ label, fraction }: { label: string; fraction: number | null }) {
  const percent = fraction === null ? null : Math.round(1000 * Math.min(1, fraction)) / 10;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { 'aria-valuenow': percent })}
      className={percent === null ? 'progress unknown' : 'progress'}
    >
      <span style={percent === null ? undefined : { transform: `scaleX(${percent / 100})` }} />
    </div>
  );
}
