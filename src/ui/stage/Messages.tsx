import { useEffect, useRef } from 'react';
import type { App } from '../../store/app.ts';
import { speedOf } from '../../store/speed.ts';
import type { AppState, Phase } from '../../store/state.ts';
import type { Arrow, Flow } from '../../viz/arrows.ts';
import { messageSize, messageSpeed } from '../../viz/messages.ts';
import { classes } from '../parts/classes.ts';
import { useApp } from '../parts/context.ts';
import { useMedia } from '../parts/theme.ts';
import { usePhase } from './usePhase.ts';
import styles from './Messages.module.css';

/** How far the fastest message travels in a second (px), and how far behind another the next one follows. */
const PACE = 130;
const APART = 90;
/** Messages rest so long (ms) after the last frame that was shown, if nothing runs. */
const REST = 450;

const FLOWS: Record<Phase, readonly Flow[]> = {
  predict: ['down', 'skip'],
  error: [],
  correct: ['up'],
  compete: ['side'],
  learn: ['down', 'skip', 'up'],
};

function lengthOf(path: string): number {
  const element = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  element.setAttribute('d', path);
  return Math.max(1, element.getTotalLength());
}

/** At full speed nobody could follow what learning sends, and painting it would only take time from it. */
const isBlur = ({ activity, setUp }: AppState) =>
  activity === 'training' && speedOf(setUp) === null;

const runs = (state: AppState) =>
  state.activity === 'settling' || state.activity === 'training' || state.runningPhase !== null;

/** What travels along the arrows that are given: a dot for each message, faster where more is carried; at rest where nothing happens. */
export function Messages({ arrows }: { arrows: readonly Arrow[] }) {
  const phase = usePhase();
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const lit = phase === null ? arrows : arrows.filter(({ flow }) => FLOWS[phase].includes(flow));
  if (still) return null;
  return lit.map((arrow) => (
    <Messenger
      key={`${arrow.flow}${arrow.from}${arrow.path}`}
      arrow={arrow}
      learning={phase === 'learn'}
    />
  ));
}

function Messenger({ arrow, learning }: { arrow: Arrow; learning: boolean }) {
  const app = useApp();
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = room.current;
    if (element === null) return;
    return travel(app, arrow, element);
  }, [app, arrow]);
  return (
    <div
      ref={room}
      className={classes(styles.messenger, styles[learning ? 'learn' : arrow.flow])}
      aria-hidden="true"
    />
  );
}

/** Sends dots along an arrow for as long as frames come, outside React: the browser moves them, a frame only sets their speed. */
function travel({ episode, store }: App, arrow: Arrow, room: HTMLElement): () => void {
  const length = lengthOf(arrow.path);
  const count = Math.max(1, Math.round(length / APART));
  const duration = (1000 * length) / PACE;
  const animations = Array.from({ length: count }, (_, i) => {
    const dot = document.createElement('span');
    dot.style.offsetPath = `path("${arrow.path}")`;
    room.append(dot);
    const way = [{ offsetDistance: '0%' }, { offsetDistance: '100%' }];
    const animation = dot.animate(way, { duration, iterations: Infinity });
    animation.currentTime = (i / count) * duration;
    animation.pause();
    return animation;
  });
  let largest = 0;
  let id: number | undefined;
  let shown = -1;
  let speed = -1;
  let resting = true;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const rest = (now: boolean) => {
    if (now === resting) return;
    resting = now;
    room.toggleAttribute('data-moving', !now);
    for (const animation of animations) if (now) animation.pause(); else animation.play(); // prettier-ignore
  };
  const measure = () => {
    const layout = episode.info?.layout;
    if (layout === undefined) return;
    if (id !== episode.info?.id) largest = 0;
    id = episode.info?.id;
    // The fastest of its kind: of all layers that send so.
    for (let from = 0; from < layout.sizes.length; from++) {
      const size = messageSize(layout, episode.read, { flow: arrow.flow, from });
      largest = Math.max(largest, size);
    }
    const next = messageSpeed(messageSize(layout, episode.read, arrow), largest);
    room.toggleAttribute('data-none', next === 0);
    if (Math.abs(next - speed) < 0.02) return;
    speed = next;
    for (const animation of animations) animation.updatePlaybackRate(Math.max(next, 0.01));
  };
  const settle = () => {
    timer = undefined;
    rest(isBlur(store.getState()) || !runs(store.getState()));
  };
  const onFrame = () => {
    if (episode.shown === shown && episode.info?.id === id) return;
    shown = episode.shown;
    if (isBlur(store.getState())) return rest(true);
    measure();
    rest(false);
    clearTimeout(timer);
    timer = setTimeout(settle, REST);
  };
  measure();
  shown = episode.shown;
  settle();
  const stops = [
    episode.changed.subscribe(onFrame),
    store.subscribe(() => {
      if (timer === undefined) settle();
    }),
  ];
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
    // An animation without its element is kept in time by the browser for as long as it is not garbage.
    for (const animation of animations) animation.cancel();
    room.replaceChildren();
  };
}
