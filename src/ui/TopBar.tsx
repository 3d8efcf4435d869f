import type { Mode, Theme } from '../store/urlState.ts';
import { MODES, THEMES } from '../store/urlState.ts';
import { positionOf, SLOW_MOTION, SPEED_POSITIONS, speedAt, speedOf } from '../store/speed.ts';
import { mainButton } from '../store/mainButton.ts';
import { BackendMenu } from './BackendMenu.tsx';
import { useApp, useAppState } from './context.ts';
import { Tabs } from './controls.tsx';
import { strings } from './strings.ts';

const words = strings.run;

/** Modes, running, stepping, speed, and what the engine runs on. */
export function TopBar() {
  const { actions } = useApp();
  const mode = useAppState((s) => s.setUp.mode);
  return (
    <header className="top-bar">
      <h1 className="brand" title={strings.tagline}>
        {strings.brand}
      </h1>
      <Tabs<Mode>
        label={strings.modesLabel}
        className="mode-tabs"
        value={mode}
        options={MODES.map((value) => ({ value, label: strings.modes[value] }))}
        onChange={(next) => void actions.setMode(next)}
        panel="stage"
      />
      <RunControls />
      {mode !== 'sample' && <SpeedSlider />}
      <div className="button-group rewinding">
        <button type="button" title={words.rewindHint} onClick={() => void actions.rewind()}>
          {words.rewind}
        </button>
        <button type="button" title={words.reseedHint} onClick={() => void actions.reseed()}>
          {words.reseed}
        </button>
      </div>
      <div className="button-group end">
        <button type="button" onClick={() => void actions.share()}>
          {words.share}
        </button>
        <PresentButton />
        <ThemeButton />
        <button
          type="button"
          className="icon"
          aria-label={words.help}
          title={words.help}
          onClick={() => actions.openHelp(true)}
        >
          ?
        </button>
      </div>
      <BackendMenu />
    </header>
  );
}

function RunControls() {
  const { actions } = useApp();
  const mode = useAppState((s) => s.setUp.mode);
  const activity = useAppState((s) => s.activity);
  const ready = useAppState((s) => s.engine === 'ready' && s.model !== null);
  const says = useAppState(mainButton);
  return (
    <div className="button-group">
      <button
        type="button"
        className="primary"
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
      : speed <= SLOW_MOTION
        ? strings.theatre.slow(speed)
        : words.perSecond(speed);
  return (
    <label className="speed">
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

/** Large type and three regions for a projector, and the way back. */
function PresentButton() {
  const { actions } = useApp();
  const presenting = useAppState((s) => s.presenting);
  const { enter, leave } = strings.theatre.present;
  return (
    <button
      type="button"
      className="icon present"
      aria-label={enter}
      aria-pressed={presenting}
      title={`${presenting ? leave : enter} (P)`}
      onClick={() => actions.present(!presenting)}
    >
      <svg className="corners" viewBox="0 0 16 16" aria-hidden="true">
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
      className="icon"
      aria-label={strings.theme[theme]}
      title={strings.theme[theme]}
      onClick={() => actions.setTheme(next)}
    >
      {THEME_SIGNS[theme]}
    </button>
  );
}
