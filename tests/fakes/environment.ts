import type { Environment } from '../../src/store/context.ts';
import { fakeHall } from './hall.ts';
import { fakeLab } from './lab.ts';

/** What a browser keeps, in a new one. */
export function fakeMemory(): Environment['memory'] {
  const kept = new Map<string, string>();
  return {
    read: (key) => kept.get(key) ?? null,
    write(key, text) {
      if (text === null) kept.delete(key);
      else kept.set(key, text);
    },
  };
}

/** A browser in which nothing happens, around an engine. */
export function fakeEnvironment(
  change: Partial<Environment> & Pick<Environment, 'spawn' | 'requestFrame'>,
): Environment {
  return {
    base: 'http://test/',
    spawnLab: () => fakeLab().client,
    spawnExhibits: () => fakeHall().client,
    readBeside: () => Promise.resolve(null),
    memory: fakeMemory(),
    keepStorage: () => Promise.resolve(),
    readHash: () => '',
    writeHash: () => undefined,
    now: () => performance.now(),
    hidden: () => false,
    reducedMotion: () => false,
    download: () => undefined,
    copy: () => Promise.resolve(),
    copyImage: () => Promise.resolve(),
    href: () => 'http://test/',
    keepPage: () => Promise.resolve(),
    reload: () => undefined,
    askBeforeLeaving: () => undefined,
    onLeave: () => undefined,
    onFault: () => undefined,
    ...change,
  };
}
