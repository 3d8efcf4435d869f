import { grouped } from '../../shared/grouped.ts';

/* The words about a person's own data: images that are opened, drawings that are kept, datasets in this browser. */

const images = (count: number) => `${grouped(count)} image${count === 1 ? '' : 's'}`;
const classes = (count: number) =>
  count === 0 ? 'no labels' : `${grouped(count)} class${count === 1 ? '' : 'es'}`;

export const data = {
  button: 'Your data…',
  heading: 'Your data',
  close: 'Close',
  tabs: 'Kinds of data',
  datasets: 'Datasets',
  drawings: (count: number) => `My drawings (${grouped(count)})`,
  looking: 'Looking …',
  undo: 'Undo',
} as const;

export const own = {
  heading: 'Images of your own',
  files: 'Choose files…',
  folder: 'Choose a folder…',
  about:
    'Pictures of any kind, one in a file or many (a strip, a sheet of 28×28), tables of pixels (.csv), IDX or .mat. Names of folders become labels. Or drop them anywhere on the page. Nothing leaves this machine.',
  about1: (set: { images: number; classes: number }) =>
    `${images(set.images)} · ${classes(set.classes)}`,
  kept: (when: string) => `kept ${when}`,
  use: 'Use',
  useOf: (title: string) => `Use ${title}`,
  remove: 'Delete',
  removeOf: (title: string) => `Delete ${title}`,
  removed: (title: string) => `${title} is deleted.`,
} as const;

export const published = {
  heading: 'For use without a network',
  about: 'What is kept in this browser is there when the network is not.',
  licence: (licence: string) => `Licence: ${licence}`,
  source: 'Source',
  sourceOf: (title: string) => `Source of ${title}`,
  images: (count: number, ofClasses: number) => `${images(count)} · ${classes(ofClasses)}`,
  toGet: (size: string) => `about ${size} to download`,
  unknownSize: 'size not published',
  kept: (size: string) => `In this browser, ${size}`,
  builtIn: 'Built in: always here',
  away: 'Not in this browser',
  part: (size: string) => `Cut off: ${size} are here, the download goes on from there`,
  byHand: 'No page may fetch it: get its files from the source, and open them here',
  mirror: (host: string, asked: boolean) =>
    asked
      ? `Where it is not here, the page fetches it from ${host}.`
      : `Only when you ask for it does the page fetch it from ${host}.`,
  forgetMirror: 'Ask me first',
  forgetMirrorOf: (title: string) => `Ask me before ${title} is fetched from there`,
  download: 'Download',
  goOn: 'Go on',
  downloadOf: (title: string) => `Download ${title}`,
  goOnOf: (title: string) => `Go on with ${title}`,
  remove: 'Delete',
  removeOf: (title: string) => `Delete ${title} from this browser`,
  cancel: 'Cancel',
  cancelOf: (title: string) => `Cancel the download of ${title}`,
  progress: 'Download progress',
  storage: (used: string, quota: string) =>
    `${used} stored by this page, of the ${quota} that this browser allows.`,
  lost: 'This browser keeps nothing for this page: what you keep lasts until it is closed.',
} as const;

export const drawings = {
  none: 'Nothing is kept yet: draw something, and press “Add to my drawings” beside it.',
  count: (count: number) => `${grouped(count)} drawing${count === 1 ? '' : 's'}`,
  removeOf: (label: string) => `Delete this ${label}`,
  removed: (label: string) => `A drawing of “${label}” is deleted.`,
  tooFew: (count: number, least: number) =>
    `A network needs ${least} drawings at least to learn from: ${least - count} more.`,
  split: (train: number, validation: number, test: number, seed: number) =>
    `${grouped(train)} to learn from, ${grouped(validation)} to measure on while it learns, ${grouped(test)} to test on: drawn by seed ${seed}, of each label.`,
  vary: (count: number) => `Also learn from ${count} variations of each`,
  varied: (count: number, shift: number, turn: number, seed: number) =>
    `Shifted by up to ${shift} pixels and turned by up to ${turn}°, at random by seed ${seed}. Only of those that are learnt from: ${grouped(count)} pictures in all.`,
  use: 'Learn from these',
  inUse: 'A network learns from these now.',
  lost: 'This browser keeps nothing for this page: your drawings last until it is closed.',
} as const;

export const preview = {
  heading: 'What will be learnt from',
  use: 'Use these images',
  cancel: 'Cancel',
  seen: (shown: number, train: number) =>
    shown === train
      ? 'All images that are learnt from, as a network sees them: every pixel on or off.'
      : `${grouped(shown)} of the ${grouped(train)} images that are learnt from, as a network sees them: every pixel on or off.`,
  images,
  split: (train: number, validation: number, test: number) =>
    `${grouped(train)} to learn from, ${grouped(validation)} to measure on meanwhile, ${grouped(test)} to test on`,
  drawn: (seed: number, labelled: boolean) =>
    labelled ? `drawn by seed ${seed}, of each class alike.` : `drawn by seed ${seed}.`,
  given: 'what is for testing, the files say.',
  noLabels: 'No labels: a network learns without them.',
  labels: {
    folders: 'Labels: the names of the folders',
    column: 'Labels: a column of the table',
    file: 'Labels: their own file',
  },
  settings: 'Settings',
  threshold: 'Threshold',
  thresholdHint: (percent: number | null) =>
    percent === null
      ? 'off: ink is what is darker than half'
      : `ink is what has ${percent} % or more`,
  invert: 'Invert',
  invertHint: 'ink and paper change places',
  centre: 'Centre',
  centreHint: 'fitted to 20×20, the mass in the middle, as MNIST’s digits are',
  keep: 'Keep in this browser',
  blank: (count: number) =>
    `${count === 1 ? 'One is' : `${grouped(count)} are`} blank: nothing of it is on.`,
  full: (count: number) =>
    `${count === 1 ? 'One is' : `${grouped(count)} are`} full: no pixel is off.`,
  waiting: 'Looking …',
} as const;
