/** Settling steps a second; null is as fast as possible, 0 waits for a click at each part of a step. */
export type Speed = number | null;

/** Which of the two speeds of a set-up a mode runs at. */
export const speedKey = (mode: string) => (mode === 'train' ? 'trainspeed' : 'speed');

/** How fast a set-up runs: every mode has its own speed. */
export function speedOf(setUp: {
  readonly mode: string;
  readonly speed: Speed;
  readonly trainspeed: Speed;
}): Speed {
  return setUp[speedKey(setUp.mode)];
}

/** The slowest speed of all: nothing goes on by itself, each part of a step waits for a click. */
export const BY_CLICK = 0;

/** Whether each part of a step waits for a click. What is live goes on all the same, and samples have no steps. */
export const isByClick = (state: {
  readonly setUp: { readonly mode: string; readonly speed: Speed; readonly trainspeed: Speed };
  readonly live: boolean;
}): boolean => {
  const { setUp, live } = state;
  const watches = setUp.mode === 'complete' && live;
  return speedOf(setUp) === BY_CLICK && setUp.mode !== 'sample' && !watches;
};

/** Steps a second unless a person or an address says otherwise. */
export const USUAL = 20;
/** Whoever opens the page waits for its first picture: at the usual speed it settles faster than those that follow. */
const FIRST_PICTURE = 60;

/** How fast the first picture of a page settles. */
export const openingSpeed = (speed: Speed): Speed => (speed === USUAL ? FIRST_PICTURE : speed);

/** Steps a second of the slowest speed that goes on by itself. */
export const SLOWEST = 0.25;
const FASTEST = 240;
/** Positions of the speed slider: 0 waits for clicks, 1 is the slowest motion, the last one is full speed. */
export const SPEED_POSITIONS = 40;

/** At this speed or below, the page shows the phases of one step after each other. */
export const SLOW_MOTION = 1;

/** Equal distances on the slider are equal factors of speed. */
export function speedAt(position: number): Speed {
  if (position >= SPEED_POSITIONS) return null;
  if (position <= 0) return BY_CLICK;
  const speed = SLOWEST * Math.pow(FASTEST / SLOWEST, (position - 1) / (SPEED_POSITIONS - 2));
  if (speed < 1) return Math.round(speed * 20) / 20;
  return speed < 10 ? Math.round(speed * 2) / 2 : Math.round(speed);
}

/** The slider position nearest to a speed. */
export function positionOf(speed: Speed): number {
  if (speed === null) return SPEED_POSITIONS;
  if (speed === BY_CLICK) return 0;
  const share = Math.log(speed / SLOWEST) / Math.log(FASTEST / SLOWEST);
  return 1 + Math.max(0, Math.min(SPEED_POSITIONS - 2, Math.round(share * (SPEED_POSITIONS - 2))));
}
