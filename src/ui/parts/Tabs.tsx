import type { KeyboardEvent } from 'react';
import { useId, useRef } from 'react';
import { classes } from './classes.ts';
import styles from './Tabs.module.css';

interface TabsProps<T extends string> {
  label: string;
  className: string | undefined;
  /** The active tab is underlined, as above a panel; what does not fit a row begins another. */
  underlined?: boolean;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange(value: T): void;
  /** Id of the panel that the tabs switch. */
  panel: string;
}

/** Tabs by the WAI-ARIA pattern: one stop for the Tab key, arrow keys move and activate. */
export function Tabs<T extends string>(props: TabsProps<T>) {
  const { label, className, underlined = false, value, options, onChange, panel } = props;
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
    <div
      role="tablist"
      aria-label={label}
      className={classes(underlined && styles.underlined, className)}
      onKeyDown={move}
    >
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
