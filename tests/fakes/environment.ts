import type { Environment } from '../../src/store/context.ts';

/** A browser in which nothing happens, around an engine. */
export function fakeEnvironment(
  change: Partial<Environment> & Pick<Environment, 'spawn' | 'requestFrame'>,
): Environment {
  return {
    base: 'http://test/',
    readHash: () => '',
    writeHash: () => undefined,
    hidden: () => false,
    reducedMotion: () => false,
    download: () => undefined,
    copy: () => Promise.resolve(),
    href: () => 'http://test/',
    onFault: () => undefined,
    ...change,
  };
}
