import type { Defect } from '../defect.ts';

const STORE = ['tests/store/recovery.test.ts'];
const WORKER = ['tests/worker/safekeeping.test.ts'];
const POOL = ['tests/pool/pool.test.ts'];
const ADDRESS = ['tests/store/address.test.ts'];
const LOSS = ['tests/cli/loss.test.ts'];

/** What dies under the page, and what becomes of what it had learnt. */
export const defects: readonly Defect[] = [
  {
    name: 'a page that slept takes its engine for dead',
    file: 'src/client/deadline.ts',
    find: 'awake += Math.min(now - last, 2 * TICK_MS);',
    replace: 'awake += now - last;',
    tests: ['tests/client/deadline.test.ts'],
  },
  {
    name: 'an engine that falls silent is waited for for ever',
    file: 'src/client/client.ts',
    find: 'if (prompt.includes(request.type)) deadline.sent(id);',
    replace: 'if (request.type === null) deadline.sent(id);',
    tests: ['tests/client/watching.test.ts'],
  },
  {
    name: 'the end of a thread is swallowed',
    file: 'src/client/client.ts',
    find: "if (watchLife) ends.push(watchLife(() => fail('its thread ended.')));",
    replace: 'if (watchLife) ends.push(watchLife(() => undefined));',
    tests: ['tests/client/watching.test.ts'],
  },
  {
    name: 'a copy for the page has no place in the data',
    file: 'src/worker/safekeeping.ts',
    find: 'const bytes = run\n',
    replace: 'const bytes = run && run.updates < 0\n',
    tests: WORKER,
  },
  {
    name: 'what was put aside is not kept for the page',
    file: 'src/worker/networks.ts',
    find: "...(aside ? [{ network: aside.network, role: 'aside' as const }] : []),",
    replace: '',
    tests: WORKER,
  },
  {
    name: 'a new engine begins training at the first batch',
    file: 'src/worker/safekeeping.ts',
    find: 'if (!datasets.are(record.card.dataset)) return;',
    replace: 'if (datasets.are(record.card.dataset)) return;',
    tests: WORKER,
  },
  {
    name: 'an engine that dies while it is furnished loses what the page was at',
    file: 'src/store/engineStart.ts',
    find: 'interrupted ??= {',
    replace: 'interrupted = {',
    tests: STORE,
  },
  {
    name: 'an engine that is lost over and over is started over and over',
    file: 'src/store/fallback.ts',
    find: "if (losses.length < MOST && young < 2) return 'again';",
    replace: "if (losses.length >= 0) return 'again';",
    tests: STORE,
  },
  {
    name: 'the file that a network came from is forgotten with its next copy',
    file: 'src/store/keepsakes.ts',
    find: 'one.origin === undefined ? (held?.origin ?? null) : one.origin',
    replace: 'one.origin ?? null',
    tests: STORE,
  },
  {
    name: 'a batch whose workers died stands still where it was',
    file: 'src/pool/settling.ts',
    find: '    return alone(await this.rescue());',
    replace: '    return (await this.rescue(), undefined as T);',
    tests: POOL,
  },
  {
    name: 'workers that died are replaced for ever',
    file: 'src/pool/executor.ts',
    find: 'worked && ++losses < MOST_LOSSES',
    replace: 'worked && losses < MOST_LOSSES',
    tests: POOL,
  },
  {
    name: 'a live setting in the address makes another network',
    file: 'src/store/address.ts',
    find: "const steers = change !== null && !other('model', 'weights', 'seed');",
    replace: "const steers = change === null && !other('model', 'weights', 'seed');",
    tests: ADDRESS,
  },
  {
    name: 'the loss of a device is swallowed in the words it failed in',
    file: 'src/runtime/loss.ts',
    find: "return sentence === null ? error : new NgcError('backend', sentence);",
    replace: 'return error;',
    tests: LOSS,
  },
  {
    name: 'the news of a lost device that comes late comes too late',
    file: 'src/runtime/loss.ts',
    find: 'raw: 10_000',
    replace: 'raw: 500',
    tests: ['tests/runtime/loss.test.ts'],
  },
];
