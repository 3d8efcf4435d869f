import { useEffect, useState } from 'react';
import type { SettingDescription } from '../../store/settingValues.ts';
import { rangeText } from '../../store/settingValues.ts';
import type { Pointed } from '../../store/state.ts';
import { sliderPlace, valueAt } from '../../viz/slider.ts';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useApp } from '../parts/context.ts';
import { settings as words } from './words.ts';
import styles from './SettingsDrawer.module.css';

/** A slider has so many places. */
const PLACES = 200;

/** What is lit on the stage for what a setting acts on. */
const LIT: Record<SettingDescription['actsOn'][number], readonly Pointed['what'][]> = {
  states: ['states'],
  predictions: ['predictions'],
  errors: ['errors'],
  generative: ['down', 'skip'],
  feedback: ['up'],
  lateral: ['side'],
};

interface SettingFieldProps {
  setting: SettingDescription;
  value: string;
  /** Its default, as text. */
  initial: string;
}

/** One setting: its symbol, meaning, range and default; while one is at it, what it acts on is lit on the stage. */
export function SettingField({ setting, value, initial }: SettingFieldProps) {
  const { actions } = useApp();
  const [text, setText] = useState(value);
  const [refused, setRefused] = useState<string | null>(null);
  // Under the hand the slider does not wait for the engine.
  const [moved, setMoved] = useState<number | null>(null);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setRefused(null);
    if (moved === null) setText(value);
  }
  const slide = (place: number, next: number) => {
    setMoved(place);
    setText(String(next));
    void actions
      .slideSetting(setting, next)
      .then(() => setMoved((held) => (held === place ? null : held)));
  };
  const apply = async (wanted: string) => {
    if (wanted === value) return setRefused(null);
    setRefused(await actions.changeSetting(setting, wanted));
  };
  const light = () =>
    actions.point(setting.actsOn.flatMap((one) => LIT[one].map((what) => ({ what, layer: null }))));
  const dim = () => actions.point([]);
  // The drawer can close under the pointer.
  useEffect(() => () => actions.point([]), [actions]);
  const id = `setting-${setting.key}`;
  const about = `${id}-about`;
  return (
    <li
      className={classes(styles.setting, value !== initial && styles.changed)}
      onPointerEnter={light}
      onPointerLeave={dim}
      onFocus={light}
      onBlur={dim}
    >
      <label htmlFor={id}>
        <span className={styles.symbol}>{setting.symbol}</span>
        {setting.label}
        {!setting.live && <abbr title={words.newNetwork}> ↻</abbr>}
      </label>
      {setting.type === 'choice' ? (
        <select
          id={id}
          aria-describedby={about}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            void apply(event.target.value);
          }}
        >
          {setting.choices.map((choice) => (
            <option key={String(choice)} value={String(choice)}>
              {choice}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          aria-describedby={about}
          aria-invalid={refused !== null}
          inputMode="decimal"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => void apply(text)}
          onKeyDown={(event) => event.key === 'Enter' && void apply(text)}
        />
      )}
      {setting.live && setting.slider !== undefined && (
        <Slider
          setting={setting}
          slider={setting.slider}
          place={moved}
          value={Number(value)}
          onMove={slide}
        />
      )}
      <p id={about} className={common.hint}>
        {setting.meaning}. {setting.type !== 'choice' && `${capital(rangeText(setting))}. `}
        {words.default}: {initial}.{' '}
        {setting.actsOn.length > 0 &&
          `${words.actsOn} ${setting.actsOn.map((one) => words.parts[one]).join(' and ')}.`}
      </p>
      {refused !== null && (
        <p className={styles.refused} role="alert">
          {refused}
        </p>
      )}
    </li>
  );
}

interface SliderProps {
  setting: SettingDescription;
  slider: NonNullable<SettingDescription['slider']>;
  /** Where the hand holds it; null: nobody does. */
  place: number | null;
  value: number;
  /** Hears the place under the hand, and the value there. */
  onMove(place: number, value: number): void;
}

function Slider({ setting, slider, place, value, onMove }: SliderProps) {
  const whole = setting.type === 'number' && setting.integer === true;
  return (
    <input
      type="range"
      className={styles.slider}
      aria-label={setting.label}
      aria-valuetext={String(value)}
      min={0}
      max={PLACES}
      value={place ?? Math.round(PLACES * sliderPlace(slider, value))}
      onChange={({ target }) => {
        const to = Number(target.value);
        onMove(to, valueAt(slider, to / PLACES, whole));
      }}
    />
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
