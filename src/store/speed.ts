/** Settling steps a second; null is as fast as possible. */
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

const SLOWEST = 0.25;
const FASTEST = 240;
/** Positions of the speed slider: 0 is slow motion, the last one is full speed. */
export const SPEED_POSITIONS = 40;

/** At this speed or below, the page shows the phases of one step after each other. */
export const SLOW_MOTION = 1;

/** Equal distances on the slider are equal factors of speed. */
export function speedAt(position: number): Speed {
  if (position >= SPEED_POSITIONS) return null;
  const speed =
    SLOWEST * Math.pow(FASTEST / SLOWEST, Math.max(0, position) / (SPEED_POSITIONS - 1));
  if (speed < 1) return Math.round(speed * 20) / 20;
  return speed < 10 ? Math.round(speed * 2) / 2 : Math.round(speed);
}

/** The slider position nearest to a speed. */
export function positionOf(speed: Speed): number {
  if (speed === null) return SPEED_POSITIONS;
  const share = Math.log(speed / SLOWEST) / Math.log(FASTEST / SLOWEST);
  return Math.max(0, Math.min(SPEED_POSITIONS - 1, Math.round(share * (SPEED_POSITIONS - 1))));
}
