import { describe, expect, it } from 'vitest';
import { episodeUpdate, idleSnapshot } from '../fakes/engine.ts';
import { engine, look, started, useFakeEngine, wait } from '../helpers/openPage.ts';

useFakeEngine();

const imagined = () => engine.types().filter((type) => type === 'imagine').length;

/** A page in a density, whose network has a prior or not; episodes of five steps come to their end one after the other. */
async function open(density: 'story' | 'numbers', hasPrior = true) {
  const app = await started();
  const { model } = app.store.getState();
  app.store.setState(({ setUp }) => ({ setUp: { ...setUp, density } }));
  const report = { ...model!, hasPrior };
  let id = 0;
  /** An episode with so many of its five steps made. */
  const settle = async (steps = 5) => {
    const shown = engine.requests.findLast((request) => request.type === 'setInput');
    const inputs = new Array<number>(steps + 1).fill(shown?.input ?? 0);
    const episode = episodeUpdate({ id: ++id, count: steps + 1, masked: true, inputs });
    engine.snapshot = idleSnapshot({ episode, model: report });
    await look();
    await look();
  };
  return { app, settle };
}

describe('ways to go on, in the story', () => {
  it('are imagined once an episode has come to its end, and once for each', async () => {
    const { settle } = await open('story');
    await settle(3);
    expect(imagined()).toBe(0);
    await settle();
    expect(imagined()).toBe(1);
    await look();
    expect(imagined()).toBe(1);
  });

  it('are not imagined anew for a picture they are of', async () => {
    const { app, settle } = await open('story');
    await settle();
    await settle();
    expect(imagined()).toBe(1);
    app.actions.setOcclusion('left');
    await look();
    expect(imagined()).toBe(1); // what has changed settles first
    await wait();
    await settle();
    expect(imagined()).toBe(2);
  });

  it('wait to be asked for among the numbers, without a prior, where nothing is hidden, and while it watches live', async () => {
    const numbers = await open('numbers');
    await numbers.settle();
    const without = await open('story', false);
    await without.settle();
    const whole = await open('story');
    whole.app.actions.setOcclusion('none');
    await wait();
    await whole.settle();
    const live = await open('story');
    live.app.store.setState({ live: true });
    await live.settle();
    expect(imagined()).toBe(0);
  });

  it('refused, are not asked for again and again', async () => {
    const { settle } = await open('story');
    engine.refuse('imagine', 'No.');
    await settle();
    await look();
    expect(imagined()).toBe(1);
  });
});
