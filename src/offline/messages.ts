/* What passes between the page and its service worker. */

/** A file of the built page. */
export interface OfflineFile {
  readonly url: string;
  /** Null where the name itself tells the contents. */
  readonly revision: string | null;
  /** "sha256-…": what it must be. */
  readonly integrity: string;
}

/** Keep what is large; take the place of the version before. */
export type OfflineMessage = 'keepLarge' | 'takeOver';

/** Whether the new version is in force; "others": more pages of the old one are open. */
export type OfflineAnswer = 'taken' | 'others';
