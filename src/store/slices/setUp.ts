import type { Overrides } from '../settingValues.ts';
import type { SetUp } from '../urlState.ts';
import { DEFAULT_SETUP } from '../urlState.ts';

/** What the address carries. */
export interface SetUpSlice {
  readonly setUp: SetUp;
  /** Settings of the network that differ from its defaults by the user's wish. */
  readonly overrides: Overrides;
}

export const initialSetUp: SetUpSlice = { setUp: DEFAULT_SETUP, overrides: {} };
