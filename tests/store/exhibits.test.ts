import { describe, expect, test, vi } from 'vitest';
import { exhibitOf } from '../../src/exhibits/exhibits.ts';
import { ON_SHOW } from '../../src/protocol/exhibits.ts';
import { miniatureSlot } from '../../src/store/exhibitViews.ts';
import { readHash } from '../../src/store/urlState.ts';
import { fakeHall } from '../fakes/hall.ts';
import { counting } from '../helpers/counting.ts';
import { hash, notices, setHash, started, useFakeEngine, wait } from '../helpers/openPage.ts';

useFakeEngine();

/** The page before an exhibit that counts its steps; `still`: where a person wants no motion. */
async function before(
  address = '#mode=exhibits&exhibit=free-energy',
  { still = false, ...what }: { still?: boolean } & Parameters<typeof counting>[0] = {},
) {
  const { programs, log } = counting(what);
  const hall = fakeHall(programs);
  setHash(address);
  let frames: (() => void)[] = [];
  const app = await started({
    spawnExhibits: () => hall.client,
    reducedMotion: () => still,
    requestFrame: (callback) => void frames.push(callback),
  });
  /** Some animation frames, and what they cause. */
  const look = async () => {
    for (let i = 0; i < 6; i++) {
      const now = frames;
      frames = [];
      for (const callback of now) callback();
      await vi.advanceTimersByTimeAsync(1);
    }
  };
  await look();
  return { app, hall, log, look, step: () => app.exhibitFrames.at(ON_SHOW)?.frame.step };
}
type Page = Awaited<ReturnType<typeof before>>;
const asked = ({ hall }: Page) => hall.asked.map(({ type }) => type);

describe('the address of an exhibit', () => {
  test('carries what is not as usual, and nothing else', async () => {
    const { app } = await before('#mode=exhibits');
    app.actions.openExhibit('two-gaussians');
    await wait();
    expect(hash).toContain('exhibit=two-gaussians');
    expect(hash).not.toContain('&set=');
    app.actions.changeExhibit({ believedMean: -0.5 });
    app.actions.changeExhibit({ trueWidth: exhibitOf('two-gaussians').controls[2]!.usual });
    await wait();
    expect(hash).toContain('set=believedMean.-0.5');
    expect(hash).not.toContain('trueWidth');
    expect(readHash(hash)).toMatchObject({ setUp: { exhibit: 'two-gaussians', set: { believedMean: -0.5 } }, refused: [] }); // prettier-ignore
  });

  test.each([
    ['exhibit=mona-lisa', /exhibit=mona-lisa; exhibit must be one of plan, two-gaussians/],
    ['exhibit=two-gaussians&set=believedMean.99', /believedMean must be a number from -4 to 4/],
    ['exhibit=two-gaussians&set=believedMean', /believedMean must be a number from -4 to 4/],
    ['exhibit=two-gaussians&set=beauty.1', /set=beauty\.1; this exhibit has no such control/],
    ['set=believedMean.1', /no exhibit is named/],
  ])('%s is refused with a notice', async (address, sentence) => {
    const { app } = await before(`#mode=exhibits&${address}`);
    expect(notices(app).join(' ')).toMatch(sentence);
    expect(app.store.getState().setUp.set).toEqual({});
  });

  test('what is right beside what is refused is obeyed', async () => {
    const { app } = await before('#mode=exhibits&exhibit=two-gaussians&set=believedMean.1,trueMean.9'); // prettier-ignore
    expect(app.store.getState().setUp.set).toEqual({ believedMean: 1 });
  });
});

describe('an exhibit on show', () => {
  test('is opened with the seed and the values of the page', async () => {
    const page = await before('#mode=exhibits&exhibit=free-energy&seed=5&exhibitseed=7&set=mean.1');
    expect(page.hall.asked[0]).toMatchObject({ type: 'open', slot: 0, exhibit: 'free-energy', seed: 7, values: { mean: 1 } }); // prettier-ignore
  });

  test('runs as soon as it is opened', async () => {
    const page = await before('#mode=exhibits');
    page.app.actions.openExhibit('free-energy');
    await page.look();
    expect(asked(page)).toEqual(['open', 'run']);
    expect(page.app.store.getState().exhibitStanding).toBe('running');
    expect(page.step()).toBeGreaterThan(0);
  });

  test('waits to be run where a person wants no motion', async () => {
    const page = await before(undefined, { still: true });
    expect(asked(page)).toEqual(['open']);
    expect(page.app.store.getState().exhibitStanding).toBe('resting');
    expect(page.step()).toBe(0);
  });

  test('runs, is stepped, and rewinds to step 0', async () => {
    const page = await before(undefined, { still: true });
    await page.app.actions.stepExhibit();
    await page.look();
    expect(page.step()).toBe(1);
    await page.app.actions.rewindExhibit();
    await page.look();
    expect(page.step()).toBe(0);
    expect(page.log).toEqual(['begin 1', 'close', 'begin 1']);
    await page.app.actions.toggleExhibit();
    expect(page.app.store.getState().exhibitStanding).toBe('running');
    await page.app.actions.toggleExhibit();
    expect(asked(page).slice(-2)).toEqual(['run', 'pause']);
  });

  test('begins from another seed when it is reseeded, which is no other seed of the page’s networks', async () => {
    const page = await before();
    await page.app.actions.reseedExhibit();
    await page.look();
    expect(page.log.at(-1)).toBe('begin 2');
    await wait();
    expect(hash).toContain('exhibitseed=2');
    expect(hash).toContain('&seed=1&');
    page.app.actions.openExhibit('two-gaussians');
    await wait();
    expect(hash).not.toContain('exhibitseed');
  });

  test('a trial sets everything up from the beginning, and runs it', async () => {
    const page = await before('#mode=exhibits&exhibit=free-energy&set=mean.1', { still: true });
    const [trial] = exhibitOf('free-energy').trials;
    await page.app.actions.tryExhibit({ ...trial, values: { mean: 2 }, act: { name: 'pull', values: [] } }); // prettier-ignore
    expect(page.app.store.getState().setUp.set).toEqual({ mean: 2 });
    expect(asked(page).slice(1)).toEqual(['change', 'rewind', 'act', 'run']);
  });

  test('what a quick hand asks for after a trial is done after all of it', async () => {
    const page = await before('#mode=exhibits&exhibit=free-energy');
    const [trial] = exhibitOf('free-energy').trials;
    const trying = page.app.actions.tryExhibit(trial);
    await Promise.all([trying, page.app.actions.rewindExhibit()]);
    expect(asked(page).slice(-3)).toEqual(['rewind', 'run', 'rewind']);
    await page.look();
    expect(page.app.store.getState().exhibitStanding).toBe('resting');
  });

  test('one trial after the other, a rewind and a step: the step is made', async () => {
    const page = await before('#mode=exhibits&exhibit=free-energy', { still: true });
    const [trial] = exhibitOf('free-energy').trials;
    const { tryExhibit, rewindExhibit, stepExhibit } = page.app.actions;
    const asking = [
      ...[1, 2].map((mean) => tryExhibit({ ...trial, values: { mean } })),
      ...[rewindExhibit(), stepExhibit()],
    ];
    await Promise.all(asking);
    await page.look();
    expect(asked(page).slice(1)).toEqual([...['change', 'rewind', 'run'], ...['change', 'rewind', 'run'], 'rewind', 'step']); // prettier-ignore
    expect(page.step()).toBe(1);
  });

  test('another exhibit gets nothing that the hand did to the one before', async () => {
    const page = await before('#mode=exhibits&exhibit=free-energy', { still: true });
    for (const mean of [1, 2]) page.app.actions.changeExhibit({ mean });
    page.app.actions.openExhibit('two-gaussians');
    await page.look();
    expect(asked(page)).toEqual(['open', 'change', 'open']);
    expect(notices(page.app)).toEqual([]);
  });

  test('rests when its tab is left, and is there as it was when one comes back', async () => {
    const page = await before();
    await page.app.actions.stepExhibit();
    await page.look();
    await page.app.actions.toggleExhibit();
    expect(asked(page).at(-1)).toBe('run');
    await page.app.actions.setMode('lab');
    expect(asked(page).at(-1)).toBe('pause');
    await page.app.actions.setMode('exhibits');
    await page.look();
    expect(page.log).toEqual(['begin 1']);
    expect(page.step()).toBeGreaterThan(0);
  });

  test('begins again, with one sentence, when its worker dies; dying at once again ends it', async () => {
    const page = await before();
    page.hall.die('The hall stopped: its thread ended.');
    expect(notices(page.app).filter((text) => text.includes('begun again'))).toHaveLength(1);
    expect(page.hall.asked.filter(({ type }) => type === 'open')).toHaveLength(2);
    page.hall.die('The hall stopped: its thread ended.');
    expect(page.app.store.getState().exhibitStanding).toBe('lost');
    expect(page.app.store.getState().exhibitSays?.isTrouble).toBe(true);
  });

  test('a miniature runs in a slot of its own, and is closed when it is out of sight', async () => {
    const page = await before('#mode=exhibits');
    await page.app.actions.showMiniature('free-energy', false);
    expect(asked(page)).toEqual(['open', 'run']);
    await page.app.actions.hideMiniature('free-energy');
    expect(page.hall.asked.at(-1)).toEqual({ type: 'close', slot: miniatureSlot('free-energy') });
  });

  test.each([
    ['runs on', false, 'run'],
    ['stands still as it did', true, 'step'],
  ])('a miniature whose worker has died begins again and %s', async (_, still, then) => {
    const page = await before('#mode=exhibits');
    await page.app.actions.showMiniature('free-energy', still);
    page.hall.die('The hall stopped: its thread ended.');
    await page.look();
    expect(asked(page)).toEqual(['open', then, 'open', then]);
  });
});
