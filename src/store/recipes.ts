import type { Recipe } from '../ngc/recipe.ts';
import { RECIPES } from '../ngc/recipe.ts';
import type { StartReport } from '../protocol/reports.ts';
import type { ModelConfig, Overrides, SettingKey } from './settingValues.ts';

/** How large a network is, which no recipe says. */
const SIZE: readonly SettingKey[] = ['sizes', 'groups'];

/** What a network's settings would have to become, its size aside. */
export function settingsBetween(from: ModelConfig, to: ModelConfig): Overrides {
  const others = (Object.keys(to) as SettingKey[]).filter(
    (key) => !SIZE.includes(key) && JSON.stringify(from[key]) !== JSON.stringify(to[key]),
  );
  return Object.fromEntries(others.map((key) => [key, to[key]]));
}

type Offered = StartReport['variants'][number];

/** All settings of a recipe. */
export const settingsOf = ({ defaults, paper }: Offered, recipe: Recipe): ModelConfig =>
  recipe === 'paper' ? paper : defaults;

/** The recipe that a network's settings are of, whatever its size; null: of none. */
export function recipeInForce(config: ModelConfig, offered: Offered | undefined): Recipe | null {
  const fits = (recipe: Recipe) =>
    offered !== undefined &&
    Object.keys(settingsBetween(config, settingsOf(offered, recipe))).length === 0;
  return RECIPES.find(fits) ?? null;
}

/** The settings of a network that stand in the address once it has those of a recipe: its size, and what differs from the defaults. */
export function overridesOf(offered: Offered, recipe: Recipe, before: Overrides): Overrides {
  const size = Object.entries(before).filter(([key]) => SIZE.some((one) => one === key));
  const others = settingsBetween(offered.defaults, settingsOf(offered, recipe));
  return { ...Object.fromEntries(size), ...others };
}
