/** Gives a claim back. */
export type Release = () => Promise<void>;

/**
 * Where results lie: whole files by name, "cells/table-1/rae.mnist.s1.json" for instance. A folder, a browser's storage, or memory;
 * several processes or pages may share one. Everything rejects with a file error, a sentence for a person, where the place fails.
 */
export interface Shelf {
  /** For people: "the folder runs/lab", "this browser's storage". */
  readonly place: string;
  /** The names of all files that begin with `prefix`, in order. */
  list(prefix: string): Promise<readonly string[]>;
  /** The whole file, or null where there is none. */
  read(name: string): Promise<Uint8Array | null>;
  /** Writes the whole file or nothing: whoever reads meanwhile finds the old one or the new one. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Does nothing where there is none. */
  remove(name: string): Promise<void>;
  /**
   * Claims what `name` stands for, so that nobody else works on it; null where somebody who is still alive has claimed it. What a
   * process claimed that has ended without giving it back is free again after a minute at most.
   */
  claim(name: string): Promise<Release | null>;
}

const PART = /^[A-Za-z0-9][A-Za-z0-9_.+-]*$/;

/** Throws a RangeError for a name that could lead out of the place: that is a bug of the caller. */
export function checkName(name: string): void {
  if (!name.split('/').every((part) => PART.test(part))) throw new RangeError(`a file ${name}`);
}
