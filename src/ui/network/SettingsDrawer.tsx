import { RECIPES } from '../../ngc/recipe.ts';
import { recipeInForce } from '../../store/recipes.ts';
import { printSetting } from '../../store/settingValues.ts';
import common from '../parts/common.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { useFocusReturn } from '../parts/useFocusReturn.ts';
import { SettingField } from './SettingField.tsx';
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
  const offered = variants?.find(({ variant }) => variant === config.variant);
  const defaults = offered?.defaults;
  const recipe = recipeInForce(config, offered);
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
      <div role="group" aria-label={words.recipes.label} className={styles.recipes}>
        <span>{words.recipes.label}</span>
        {RECIPES.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={recipe === one}
            title={words.recipes.about[one]}
            onClick={() => void actions.takeRecipe(one)}
          >
            {words.recipes.names[one]}
          </button>
        ))}
      </div>
      <p className={common.hint}>
        {recipe === null ? words.recipes.none : words.recipes.about[recipe]} {words.note}
      </p>
      <ul>
        {settings
          .filter(({ key }) => key !== 'variant')
          .map((setting) => (
            <SettingField
              key={setting.key}
              setting={setting}
              value={printSetting(config[setting.key])}
              initial={defaults === undefined ? '—' : printSetting(defaults[setting.key])}
            />
          ))}
      </ul>
    </section>
  );
}
