import { useState } from 'react';
import type { SettingDescription } from '../../store/settingValues.ts';
import { printSetting, rangeText } from '../../store/settingValues.ts';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { useFocusReturn } from '../parts/useFocusReturn.ts';
import { settings as words } from './words.ts';
import styles from './SettingsDrawer.module.css';

/** Every setting of the network with its symbol, meaning, range, present value and default. */
export function SettingsDrawer() {
  const { actions } = useApp();
  const open = useAppState((s) => s.settingsOpen);
  const settings = useAppState((s) => s.report?.settings);
  const config = useAppState((s) => s.model?.config);
  const variants = useAppState((s) => s.report?.variants);
  useFocusReturn(open);
  if (!open || settings === undefined || config === undefined) return null;
  const defaults = variants?.find(({ variant }) => variant === config.variant)?.defaults;
  return (
    <section
      className={styles.drawer}
      aria-label={words.heading}
      onKeyDown={(event) => event.key === 'Escape' && actions.openSettings(false)}
    >
      <div className={common.panelHead}>
        <h2>{words.heading}</h2>
        <button type="button" onClick={() => actions.openSettings(false)}>
          {words.close}
        </button>
      </div>
      <p className={common.hint}>{words.note}</p>
      <ul>
        {settings
          .filter(({ key }) => key !== 'variant')
          .map((setting) => (
            <Setting
              key={`${setting.key} ${printSetting(config[setting.key])}`}
              setting={setting}
              value={printSetting(config[setting.key])}
              initial={defaults === undefined ? '—' : printSetting(defaults[setting.key])}
            />
          ))}
      </ul>
    </section>
  );
}

interface SettingProps {
  setting: SettingDescription;
  value: string;
  initial: string;
}

function Setting({ setting, value, initial }: SettingProps) {
  const { actions } = useApp();
  const [text, setText] = useState(value);
  const [refused, setRefused] = useState<string | null>(null);
  const apply = async (wanted: string) => {
    if (wanted === value) return setRefused(null);
    setRefused(await actions.changeSetting(setting, wanted));
  };
  const id = `setting-${setting.key}`;
  const about = `${id}-about`;
  return (
    <li className={classes(styles.setting, value !== initial && styles.changed)}>
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
            <option key={choice} value={String(choice)}>
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
      <p id={about} className={common.hint}>
        {setting.meaning}. {setting.type !== 'choice' && `${capital(rangeText(setting))}. `}
        {words.default}: {initial}.
      </p>
      {refused !== null && (
        <p className={styles.refused} role="alert">
          {refused}
        </p>
      )}
    </li>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
