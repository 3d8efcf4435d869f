import { expect, test } from 'vitest';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import {
  STEPS,
  ask,
  draw,
  episodeNow,
  frameAt,
  idle,
  live,
  pull,
  ring,
  step,
  until,
  useDrawingSession,
} from '../helpers/drawingSession.ts';

useDrawingSession();

const { mask } = ring(7, true);
const hidden = (values: number[]) => values.filter((_, i) => mask![i] === 0);
const settled = async () => {
  await ask({ type: 'settle' });
  await idle();
  return episodeNow();
};

test('hidden pixels send no error, unless the paper’s rule is asked for; then the drawing is settled anew', async () => {
  await draw(7, true);
  const silent = await settled();
  expect(silent.how).toBe('silent');
  for (let i = 0; i <= STEPS; i++) {
    const frame = frameAt(silent, i);
    expect(hidden(frame((f) => f.errors[0]!)).every((e) => e === 0)).toBe(true);
    expect(hidden(frame((f) => f.input))).toEqual(hidden(frame((f) => f.predictions[0]!)));
  }
  await ask({ type: 'setCompletion', how: 'eq19' });
  const paper = await settled();
  expect(paper).toMatchObject({ how: 'eq19', id: silent.id + 1 });
  expect(paper.stepOf).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(hidden(frameAt(paper, 0)((f) => f.input)).every((x) => x === 0)).toBe(true);
  for (let i = 0; i < STEPS; i++) {
    const [now, next] = [frameAt(paper, i), frameAt(paper, i + 1)];
    const e = hidden(now((f) => f.errors[0]!));
    expect(e.some((v) => v !== 0)).toBe(true);
    // Eq. 19: x ← x − β·e_0 where nothing is seen.
    const { beta } = paper.conditions[i]!.steering;
    const moved = hidden(now((f) => f.input)).map((x, j) => x - beta * e[j]!);
    hidden(next((f) => f.input)).forEach((x, j) => expect(x).toBeCloseTo(moved[j]!, 5));
  }
  // Asked for what it does anyway it goes on.
  await ask({ type: 'setCompletion', how: 'eq19' });
  await step(1);
  expect((await episodeNow()).id).toBe(paper.id);
});

test('where nothing is hidden the rule changes nothing', async () => {
  await draw();
  const before = await settled();
  await ask({ type: 'setCompletion', how: 'eq19' });
  await step(1);
  const after = await episodeNow();
  expect([after.id, after.stepOf.at(-1)]).toEqual([before.id, STEPS + 1]);
});

test('an episode under way goes on as a new one; a live one stays live', async () => {
  await ask({ type: 'setSpeed', stepsPerSecond: 50 });
  await draw(7, true);
  await ask({ type: 'settle' });
  const { episode } = await until((s) => (s.episode?.stepOf.at(-1) ?? 0) > 1);
  await ask({ type: 'setCompletion', how: 'eq19' });
  await idle();
  expect(await episodeNow()).toMatchObject({ how: 'eq19', id: episode!.id + 1, live: false });
  await live(7, true);
  const first = await until((s) => s.episode!.live);
  await ask({ type: 'setCompletion', how: 'silent' });
  const { episode: now } = await pull();
  expect(now).toMatchObject({ how: 'silent', live: true, id: first.episode!.id + 1 });
  expect(hidden(frameAt(now!, -1)((f) => f.errors[0]!)).every((e) => e === 0)).toBe(true);
});

test('the comparison without lateral synapses follows the same rule', async () => {
  await ask({ type: 'setCompletion', how: 'eq19' });
  await ask({ type: 'setLesions', lesions: { ...NO_LESIONS, lateral: true } });
  await draw(7, true);
  const episode = await settled();
  const { activity } = await ask({
    type: 'settleBeside',
    lesions: { ...NO_LESIONS, lateral: true },
    steps: STEPS,
  });
  expect([...activity[0]!.subarray(-12)]).toEqual(frameAt(episode, -1)((f) => f.states[0]!));
});
