import type { Defect } from '../defect.ts';

const LOAD = ['tests/data/load.test.ts'];
const SESSION = ['tests/worker/session.test.ts'];
const MIRRORS = ['tests/store/mirrors.test.ts'];

/** What the page may not do by itself, and what a browser may refuse. */
export const defects: readonly Defect[] = [
  {
    name: 'a mirror is asked before its user said so',
    file: 'src/data/browserReaders.ts',
    find: 'if (!io.mayAskMirror(id)) return null;',
    replace: '',
    tests: LOAD,
  },
  {
    name: 'the picture of MNIST is fetched before its user said so',
    file: 'src/data/browserReaders.ts',
    find: '!io.decodeRows || !io.mayAskMirror(id)',
    replace: '!io.decodeRows',
    tests: LOAD,
  },
  {
    name: 'a yes for one dataset is one for all',
    file: 'src/worker/datasets.ts',
    find: 'mayAskMirror: (id) => this.mirrors.includes(id)',
    replace: 'mayAskMirror: () => true',
    tests: SESSION,
  },
  {
    name: 'what is offered is also called missing',
    file: 'src/worker/datasets.ts',
    find: 'if (gone && !this.offer && ',
    replace: 'if (gone && ',
    tests: SESSION,
  },
  {
    name: 'a yes is forgotten with the page',
    file: 'src/store/actions/mirrors.ts',
    find: "environment.memory.write(MIRRORS, mirrors.length > 0 ? mirrors.join(' ') : null);",
    replace: '',
    tests: MIRRORS,
  },
  {
    name: 'a new version breaks into a training',
    file: 'src/store/actions/newVersion.ts',
    find: 'if (waiting === null || learns()) return;',
    replace: 'if (waiting === null) return;',
    tests: MIRRORS,
  },
  {
    name: 'a new version that was waited for breaks into a training that began meanwhile',
    file: 'src/store/actions/newVersion.ts',
    find: 'await nothingLearns();',
    replace: '',
    tests: MIRRORS,
  },
  {
    name: 'a new version takes over under other tabs',
    file: 'src/store/actions/newVersion.ts',
    find: "if (answer !== 'taken') {",
    replace: "if (answer === 'held') {",
    tests: MIRRORS,
  },
  {
    name: 'a page is loaded anew while the browser holds on to its old version',
    file: 'src/offline/registration.ts',
    find: "setTimeout(end, PATIENCE_MS, 'held')",
    replace: "setTimeout(end, PATIENCE_MS, 'taken')",
    tests: ['tests/offline'],
  },
  {
    name: 'storage that throws when it is looked at is thrown on',
    file: 'src/shared/refusable.ts',
    find: '  } catch {\n    return null;',
    replace: '  } catch (error) {\n    throw error;',
    tests: LOAD,
  },
];
