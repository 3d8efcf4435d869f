import type { DatasetId, DatasetReport } from './reports.ts';

/*
 * A person's own data: images that were opened, looked at before they are learnt from; drawings that are kept; and datasets that this
 * browser keeps.
 */

/** What is done to images before they are learnt from, in this order. */
export interface ImageChange {
  /** From this intensity upwards, 0 … 1, a pixel is ink, below it paper; null: greys stay. */
  readonly threshold: number | null;
  readonly invert: boolean;
  /** Whether each picture is fitted and centred as MNIST's digits are. */
  readonly centre: boolean;
}

/** Images that were read, and wait to be used or let go. */
export interface StagedReport {
  /** Tells one from the next. */
  readonly staged: number;
  readonly title: string;
  readonly count: number;
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  /** What the labels were taken from; null: there are none. */
  readonly labelsFrom: 'folders' | 'column' | 'file' | null;
  /** How many become what. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** The seed that draws which are for testing; null: the files say it. */
  readonly seed: number | null;
  /** How they are changed unless the user says otherwise. */
  readonly usual: ImageChange;
}

/** Some of the images that are learnt from, as they will be. */
export interface LookReport {
  /** n·784 bytes, 255 = ink. */
  readonly pixels: Uint8Array;
  /** What each is of, by its place in `classes`; null: no labels. */
  readonly labels: Uint8Array | null;
  /** How many of them are left without any pixel that a network would see as on, and without any off. */
  readonly blank: number;
  readonly full: number;
}

/** A drawing that is kept. */
export interface KeptDrawing {
  readonly id: string;
  readonly label: string;
  /** 784 bytes, 255 = ink. */
  readonly pixels: Uint8Array;
}

/** All of them, the oldest first. */
export interface DrawingsReport {
  readonly drawings: readonly KeptDrawing[];
  /** Whether they outlast the page. */
  readonly lasting: boolean;
  /** How many become what, as a dataset; equal ones count once. */
  readonly split: { readonly train: number; readonly validation: number; readonly test: number };
  readonly seed: number;
  /** A network learns from no fewer. */
  readonly least: number;
  /** What variations of each can be learnt from too: how many, shifted by up to so many pixels, turned by up to so many degrees. */
  readonly variations: { readonly count: number; readonly shift: number; readonly turn: number };
}

/** A public mirror that a dataset could be fetched from, if its user says so. */
export interface MirrorOffer {
  readonly dataset: DatasetId;
  readonly title: string;
  readonly host: string;
  /** About so many bytes; null where that is not published. */
  readonly bytes: number | null;
}

/** A published dataset, and how it stands in this browser. */
export interface PublishedSet {
  readonly dataset: DatasetId;
  readonly title: string;
  readonly licence: string;
  /** Where its publishers tell of it; null: it is built in. */
  readonly home: string | null;
  /** Bytes to download, about; null where that is not published, 0 where there is nothing to. */
  readonly size: number | null;
  readonly images: number;
  readonly classes: number;
  /** Bytes that this browser keeps of it; 0: it is not kept. */
  readonly kept: number;
  /** Bytes that have arrived of what was cut off. */
  readonly part: number;
  /** Whether the page can get it by itself. */
  readonly reachable: boolean;
  /** The host of the public mirror that it is fetched from where it does not lie beside the page; null: there is none. */
  readonly mirror: string | null;
}

/** Images of the user's own that this browser keeps. */
export interface OwnSet {
  readonly id: string;
  readonly title: string;
  readonly images: number;
  readonly classes: number;
  /** What it learns from; what is held out of it is not counted. */
  readonly learnt: number;
  readonly bytes: number;
  /** When it was kept (ISO 8601). */
  readonly saved: string;
}

/** Every dataset there is. */
export interface DataReport {
  readonly published: readonly PublishedSet[];
  /** The one kept last first. */
  readonly own: readonly OwnSet[];
  readonly drawings: number;
  /** A network learns from no fewer drawings. */
  readonly leastDrawings: number;
  readonly lasting: boolean;
  /** Bytes that this page has stored, and that the browser allows it in all; null where it does not say. */
  readonly storage: { readonly used: number; readonly quota: number } | null;
}

export type DataRequest =
  /**
   * Reads files the user opened, to be looked at: images, a table of pixels (.csv), IDX (.gz) pictures and, if given, labels, or a .mat
   * file. `folders`: where each lay, "" for nowhere in particular; of images they are the labels.
   */
  | {
      readonly type: 'stageImages';
      readonly files: readonly File[];
      readonly folders?: readonly string[];
    }
  /** Some of the staged images, changed. */
  | { readonly type: 'lookAtImages'; readonly staged: number; readonly change: ImageChange }
  /** Takes the staged images as the dataset; `keep`: they stay in this browser. */
  | {
      readonly type: 'useImages';
      readonly staged: number;
      readonly change: ImageChange;
      readonly keep: boolean;
    }
  /** Lets the staged images go. */
  | { readonly type: 'letImagesGo' }
  | { readonly type: 'drawings' }
  /** Keeps a drawing, 28·28 intensities. Refused where the same one is kept. */
  | { readonly type: 'addDrawing'; readonly pixels: Float32Array; readonly label: string }
  /** Takes a drawing away; `restoreDrawing` brings the last of them back. */
  | { readonly type: 'removeDrawing'; readonly id: string }
  | { readonly type: 'restoreDrawing' }
  /** Every dataset there is, and what is kept of it. */
  | { readonly type: 'data' }
  /** Fetches a published dataset and keeps it; what was cut off goes on where it broke. Cancelled by `cancel`. */
  | { readonly type: 'keepDataset'; readonly dataset: DatasetId }
  | { readonly type: 'unkeepDataset'; readonly dataset: DatasetId }
  /** The datasets whose public mirrors the user lets the page ask, from now on; until it is told, none. */
  | { readonly type: 'allowMirrors'; readonly datasets: readonly DatasetId[] }
  /** Takes images of the user's own that are kept as the dataset. */
  | { readonly type: 'openOwnSet'; readonly id: string }
  /** Takes them away; `restoreOwnSet` brings the last of them back. */
  | { readonly type: 'removeOwnSet'; readonly id: string }
  | { readonly type: 'restoreOwnSet' };

export interface DataResults {
  stageImages: StagedReport;
  lookAtImages: LookReport;
  useImages: DatasetReport;
  letImagesGo: null;
  drawings: DrawingsReport;
  addDrawing: DrawingsReport;
  removeDrawing: DrawingsReport;
  restoreDrawing: DrawingsReport;
  data: DataReport;
  keepDataset: DataReport;
  unkeepDataset: DataReport;
  allowMirrors: null;
  openOwnSet: DatasetReport;
  removeOwnSet: DataReport;
  restoreOwnSet: DataReport;
}
