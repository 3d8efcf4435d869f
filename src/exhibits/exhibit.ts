/** The values of an exhibit's controls, by key. */
export type Values = Readonly<Record<string, number | string | boolean>>;

/** The rooms of the hall, in the order one walks through them. */
export const ROOMS = [
  { id: 'free-energy', title: 'What is free energy?' },
  { id: 'settling', title: 'A network that settles' },
  { id: 'backprop', title: 'With and without backpropagation' },
  { id: 'time', title: 'Time' },
  { id: 'memory', title: 'Memory and surprise' },
  { id: 'sampling', title: 'Sampling' },
  { id: 'compression', title: 'Compression and noise' },
] as const;
export type RoomId = (typeof ROOMS)[number]['id'];

interface ControlBase {
  /** Its name in addresses and messages: letters and digits. */
  readonly key: string;
  readonly title: string;
  /** One sentence: what it does. */
  readonly hint: string;
  /** In the drawer; at most three of an exhibit are in sight. */
  readonly inDrawer?: boolean;
  /** Moving it starts the exhibit anew: it decides what is begun with. All else acts while it runs. */
  readonly restarts?: boolean;
}

export interface RangeControl extends ControlBase {
  readonly kind: 'range';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly usual: number;
  /** Logarithmic sliders move by ratios; the step then is a ratio too. */
  readonly scale?: 'linear' | 'logarithmic';
  readonly unit?: string;
}

export interface ChoiceControl extends ControlBase {
  readonly kind: 'choice';
  readonly choices: readonly { readonly value: string; readonly title: string }[];
  readonly usual: string;
}

export interface ToggleControl extends ControlBase {
  readonly kind: 'toggle';
  readonly usual: boolean;
}

export type Control = RangeControl | ChoiceControl | ToggleControl;

/** A piece of the equation; where it has a name, pointing at it lights what it stands for in the picture. */
export interface Term {
  /** With _x or _{xy} set below the line and ^x above it. */
  readonly text: string;
  /** What it stands for, in words. Absent: a sign between terms. */
  readonly name?: string;
  /** What the picture lights: a word that its painter knows. */
  readonly lights?: string;
}

/** Something to try: a button that sets it up. */
export interface Trial {
  readonly title: string;
  /** What to watch then. */
  readonly watch: string;
  readonly values: Values;
  /** What is done besides, as a hand would. */
  readonly act?: { readonly name: string; readonly values: readonly number[] };
}

/** What somebody says of the thing, and what came out here. */
export interface Claim {
  readonly says: string;
  /** Author, year, place: "Casnici et al. 2025, Table 1". */
  readonly by: string;
  /** The number claimed, with its unit. */
  readonly claimed: string;
  /** The number that was measured with this program; null: it is measured live, and the picture shows it. */
  readonly measured: string | null;
  /** The command that measured it; null where it is live. */
  readonly command: string | null;
}

/** How it runs: steps a second at its usual speed, and what a step is called: "settling step", "batch". */
export interface Pace {
  readonly perSecond: number;
  readonly step: string;
}

/** One idea that one can touch. `running` it is a demonstration; painting it is a picture of viz/exhibits/. */
export interface Exhibit<Id extends string = string> {
  readonly id: Id;
  readonly title: string;
  readonly room: RoomId;
  /** The one question it answers. */
  readonly question: string;
  /** One sentence under the question: what one sees, for a stranger. */
  readonly sees: string;
  readonly controls: readonly Control[];
  readonly equation: readonly Term[];
  /** Where the equation stands: "Casnici et al. 2025, Eqs. 17–18". */
  readonly source: string;
  readonly trials: readonly [Trial, Trial, Trial];
  readonly claims: readonly Claim[];
  /** What does not hold, each a sentence. */
  readonly limits: readonly string[];
  /** Its main number: name, unit ('' for none) and how many digits after the point. */
  readonly metric: { readonly name: string; readonly unit: string; readonly digits: number };
  /** By hand: nothing runs, it answers to whoever moves something. */
  readonly pace: Pace | 'by hand';
  /** Values under which its miniature in the plan of the hall runs: something light. */
  readonly miniature: Values;
  /** Whether one can draw a digit into it. */
  readonly draws?: boolean;
}
