import { mainButton } from '../../store/mainButton.ts';
import {
  BY_CLICK,
  positionOf,
  SLOW_MOTION,
  SPEED_POSITIONS,
  speedAt,
  speedOf,
} from '../../store/speed.ts';
import type { Density, Mode, Theme } from '../../store/urlState.ts';
import { DENSITIES, isTheatre, MODES, THEMES } from '../../store/urlState.ts';
import buttons from '../parts/buttons.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { Segments } from '../parts/Segments.tsx';
import { Tabs } from '../parts/Tabs.tsx';
import { topBar as words, page } from './words.ts';
import styles from './TopBar.module.css';

/** Modes, running, stepping, speed. */
export function TopBar() {
  const { actions } = useApp();
  const mode = useAppState((s) => s.setUp.mode);
  const density = useAppState((s) => s.setUp.density);
  return (
    <header className={styles.bar}>
      <h1 className={styles.brand} title={page.tagline}>
        {page.brand}
      </h1>
      <Tabs<Mode>
        label={page.modesLabel}
        className={styles.modes}
        value={mode}
        options={MODES.map((value) => ({ value, label: page.modes[value] }))}
        onChange={(next) => void actions.setMode(next)}
        panel="stage"
      />
      {isTheatre(mode) && <RunControls />}
      {mode !== 'sample' && isTheatre(mode) && <SpeedSlider />}
      {isTheatre(mode) && (density === 'numbers' || mode !== 'complete') && (
        <div className={classes(styles.group, styles.rewinding)}>
          <button type="button" title={words.rewindHint} onClick={() => void actions.rewind()}>
            {words.rewind}
          </button>
          <button type="button" title={words.reseedHint} onClick={() => void actions.reseed()}>
            {words.reseed}
          </button>
        </div>
      )}
      <div className={classes(styles.group, styles.end)}>
        {isTheatre(mode) && (
          <Segments<Density>
            name="density"
            label={words.density}
            value={density}
            options={DENSITIES.map((value) => ({ value, label: words.densities[value] }))}
            onChange={actions.setDensity}
          />
        )}
        <ShareButton />
        <PresentButton />
        <ThemeButton />
        <button
          type="button"
          className={buttons.icon}
          aria-label={words.help}
          title={words.help}
          onClick={() => actions.openHelp(true)}
        >
          ?
        </button>
      </div>
    </header>
  );
}

function RunControls() {
  const { actions } = useApp();
  const mode = useAppState((s) => s.setUp.mode);
  const activity = useAppState((s) => s.activity);
  const ready = useAppState((s) => s.engine === 'ready' && s.model !== null);
  const says = useAppState(mainButton);
  if (says === null) return null;
  return (
    <div className={styles.group}>
      <button
        type="button"
        className={buttons.primary}
        disabled={!ready || activity === 'sampling'}
        onClick={() => void actions.press(says)}
      >
        {words[says]}
      </button>
      {mode !== 'sample' && (
        <>
          <button
            type="button"
            disabled={!ready}
            title={words.settlingStepHint}
            onClick={() => void actions.settlingStep()}
          >
            {words.settlingStep}
          </button>
          <button
            type="button"
            disabled={!ready}
            title={words.weightUpdateHint}
            onClick={() => void actions.weightUpdate()}
          >
            {words.weightUpdate}
          </button>
        </>
      )}
    </div>
  );
}

function SpeedSlider() {
  const { actions } = useApp();
  const speed = useAppState(({ setUp }) => speedOf(setUp));
  const text =
    speed === null
      ? words.full
      : speed === BY_CLICK
        ? words.byClick
        : speed <= SLOW_MOTION
          ? words.slow(speed)
          : words.perSecond(speed);
  return (
    <label className={styles.speed}>
      <span>
        {words.speed} <b>{text}</b>
      </span>
      <input
        type="range"
        aria-label={words.speed}
        aria-valuetext={text}
        min={0}
        max={SPEED_POSITIONS}
        step={1}
        value={positionOf(speed)}
        onChange={(event) => actions.setSpeed(speedAt(Number(event.target.value)))}
      />
    </label>
  );
}

/** Copies the whole set-up as an address. */
function ShareButton() {
  const { actions } = useApp();
  return (
    <button
      type="button"
      className={classes(buttons.icon, styles.share)}
      aria-label={words.share}
      title={words.share}
      onClick={() => void actions.share()}
    >
      <svg className={styles.corners} viewBox="0 0 16 16" aria-hidden="true">
        <path d="M6.5 9.5l3-3M7 4.5l1.2-1.2a3.2 3.2 0 0 1 4.5 4.5L11.5 9M9 11.500l-1.200 1.200a3.200 3.200 0 0 1-4.500-4.500L4.500 7" />
      </svg>
    </button>
  );
}

/** Large type and three regions for a projector, and the way back. */
function PresentButton() {
  const { actions } = useApp();
  const presenting = useAppState((s) => s.presenting);
  const { enter, leave } = words.present;
  return (
    <button
      type="button"
      className={classes(buttons.icon, styles.present)}
      aria-label={enter}
      aria-pressed={presenting}
      title={`${presenting ? leave : enter} (P)`}
      onClick={() => actions.present(!presenting)}
    >
      <svg className={styles.corners} viewBox="0 0 16 16" aria-hidden="true">
        <path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" />
      </svg>
    </button>
  );
}

const THEME_SIGNS: Record<Theme, string> = { auto: '◐', light: '○', dark: '●' };

function ThemeButton() {
  const { actions } = useApp();
  const theme = useAppState((s) => s.setUp.theme);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto';
  return (
    <button
      type="button"
      className={buttons.icon}
      aria-label={words.theme[theme]}
      title={words.theme[theme]}
      onClick={() => actions.setTheme(next)}
    >
      {THEME_SIGNS[theme]}
    </button>
  );
}
