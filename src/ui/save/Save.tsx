import type { KeyboardEvent, RefObject } from 'react';
import { useRef } from 'react';
import { pictureAbout } from '../../store/pictureAbout.ts';
import { useApp } from '../parts/context.ts';
import { useLook } from '../parts/theme.ts';
import type { Framing } from './picture.ts';
import { save as words } from './words.ts';
import styles from './Save.module.css';

/** What makes pictures comes once somebody wants one. */
const picturing = () => import('./picture.ts');

interface SaveProps {
  /** The part of the page that is saved. */
  of: RefObject<HTMLElement | null>;
  /** What it is a picture of, as a title: "Receptive fields of layer 1". */
  what: string;
  /** More to be said of it below the picture: the step on show. */
  more?: () => string;
  /** What is said of it instead of the network on show. */
  about?: () => string;
}

/** Saves a part of the page as it is now: as PNG, as SVG, or to be pasted. */
export function Save({ of, what, more, about }: SaveProps) {
  const { actions, store } = useApp();
  const { kind, colours, font } = useLook();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const framing = (): Framing => ({
    title: what,
    about: [about?.() ?? pictureAbout(store.getState()), more?.() ?? '']
      .filter((part) => part !== '')
      .join(' · '),
    ground: kind === 'dark' ? colours.bg : '#ffffff',
    ...{ ink: colours.ink, soft: colours.soft, font },
  });
  const picture = (): HTMLElement => {
    if (of.current === null) throw new Error('It is not on show any more.');
    return of.current;
  };
  const png = async () => (await picturing()).pngFile(picture(), framing());
  const svg = async () =>
    new Blob([await (await picturing()).svgFile(picture(), framing())], { type: 'image/svg+xml' });
  const open = () => {
    const [at, list] = [button.current?.getBoundingClientRect(), menu.current];
    if (!at || !list) return;
    picturing().catch(() => undefined); // It is asked for again where it is used, and says then what is wrong.
    list.showPopover();
    const { offsetWidth: width, offsetHeight: height } = list;
    const below = at.bottom + 4 + height < window.innerHeight;
    list.style.left = `${Math.max(4, Math.min(at.right - width, window.innerWidth - width - 4))}px`;
    list.style.top = `${below ? at.bottom + 4 : Math.max(4, at.top - 4 - height)}px`;
    list.querySelector('button')?.focus();
  };
  const close = () => menu.current?.hidePopover();
  const choose = (act: () => Promise<void>) => () => {
    close();
    button.current?.focus();
    void act();
  };
  const items = [
    { name: words.png, hint: words.pngHint, act: () => actions.savePicture({ what, ending: 'png', make: png }) }, // prettier-ignore
    { name: words.svg, hint: words.svgHint, act: () => actions.savePicture({ what, ending: 'svg', make: svg }) }, // prettier-ignore
    { name: words.copy, hint: words.copyHint, act: () => actions.copyPicture({ what, make: png }) },
  ];
  return (
    <div className={styles.save} data-unsaved>
      <button
        ref={button}
        type="button"
        className={styles.button}
        aria-label={words.label(what)}
        aria-haspopup="menu"
        onClick={open}
      >
        {words.save}
      </button>
      <div
        ref={menu}
        popover="auto"
        role="menu"
        aria-label={words.menu(what)}
        className={styles.menu}
        onKeyDown={byArrows}
      >
        {items.map(({ name, hint, act }) => (
          <button key={name} type="button" role="menuitem" onClick={choose(act)}>
            <b>{name}</b> <span>{hint}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

/** The arrow keys go through the menu; no key of it is one of the page's. */
function byArrows(event: KeyboardEvent<HTMLElement>): void {
  const { key, currentTarget } = event;
  const by = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (key !== 'Tab') event.stopPropagation();
  if (by === undefined) return;
  event.preventDefault();
  const all = [...currentTarget.querySelectorAll('button')];
  const at = all.findIndex((one) => one === document.activeElement);
  all[(at + by + all.length) % all.length]?.focus();
}
