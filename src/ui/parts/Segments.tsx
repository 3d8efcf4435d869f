import styles from './Segments.module.css';
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
    <fieldset className={styles.segments} role="radiogroup" aria-label={label}>
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
