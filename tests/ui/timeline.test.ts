import { describe, expect, it } from 'vitest';
import type { Condition } from '../../src/protocol/condition.ts';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import { createEpisodeBuffer } from '../../src/store/episode.ts';
import { changeWords } from '../../src/ui/timeline/changeWords.ts';
import { stepText } from '../../src/ui/timeline/stepText.ts';
import { CONDITION, episodeUpdate } from '../fakes/engine.ts';

const SYMBOLS = new Map([
  ['beta', 'β'],
  ['leak', 'γ'],
]);
const lesioned = (lesions: Partial<Condition['lesions']>, steering = {}): Condition => ({
  steering: { ...CONDITION.steering, ...steering },
  lesions: { ...NO_LESIONS, ...lesions },
});
const words = (before: Condition, after: Condition, picture = false, last = 7) =>
  changeWords({ step: 7, last, before, after, picture }, SYMBOLS);
const label = (...given: Parameters<typeof words>) => words(...given).label;

describe('what changed, in words', () => {
  it('says what was cut, and what was healed', () => {
    const cut = lesioned({ lateral: true });
    expect(words(CONDITION, cut)).toEqual({ label: '7 lateral cut', title: 'Step 7: lateral cut' });
    expect(label(cut, CONDITION)).toBe('7 lateral healed');
    expect(label(CONDITION, lesioned({ layers: [2] }))).toBe('7 layer 2 silent');
    expect(label(lesioned({ layers: [1, 2] }), lesioned({ layers: [2] }))).toBe('7 layer 1 healed');
    const units = [4, 5].map((index) => ({ layer: 1, index }));
    expect(label(lesioned({ units: units.slice(1) }), lesioned({ units }))).toBe(
      '7 neuron 4 of layer 1 silent',
    );
    expect(label(lesioned({ units }), CONDITION)).toBe('7 2 neurons healed');
  });

  it('says which setting went from where to where; a leak that is cut is told once', () => {
    const steered = lesioned({}, { beta: 0.5 });
    expect(label(lesioned({}, { beta: 0.25 }), steered)).toBe('7 β 0.250 → 0.500');
    expect(label(CONDITION, lesioned({ leak: true }, { leak: 0 }))).toBe('7 leak cut');
    expect(label(lesioned({}, { leak: 0.1 }), lesioned({}, { leak: 0.2 }))).toBe(
      '7 γ 0.100 → 0.200',
    );
  });

  it('says that another picture was seen, and over which steps', () => {
    expect(words(CONDITION, CONDITION, true, 9).title).toBe('Steps 7 to 9: other picture');
    expect(label(CONDITION, CONDITION, false, 9)).toBe('7 changed and back');
  });
});

describe('the step on show, in words', () => {
  const episode = createEpisodeBuffer();
  it('counts what lies beyond the end of an episode', () => {
    expect(stepText(episode).text).toBe('');
    expect(stepText(episode).title).toMatch(/will stand here/);
    episode.apply(episodeUpdate({ count: 4 }));
    expect(stepText(episode)).toEqual({ text: 'step 3 of 5', title: 'step 3 of 5' });
    const { config } = episode.info!;
    episode.apply(episodeUpdate({ count: 4, from: 4, steps: 10, config }));
    expect(stepText(episode)).toEqual({
      text: 'step 7, 2 beyond 5',
      title: 'step 7, 2 beyond the 5 of an episode',
    });
    episode.show(5);
    expect(stepText(episode).text).toBe('step 5 of 5');
  });

  it('has no end in a live episode', () => {
    episode.apply(episodeUpdate({ id: 2, count: 9, live: true }));
    expect(stepText(episode).text).toBe('step 8, live');
  });

  it('counts a batch of training to its own end, which may come before that of a drawing', () => {
    episode.apply(episodeUpdate({ id: 4, count: 3, kind: 'training', steps: 2 }));
    expect(stepText(episode).text).toBe('step 2 of 2');
  });

  it('says why training at full speed has one step only', () => {
    episode.apply(episodeUpdate({ id: 5, count: 1, kind: 'training', stepOf: [5] }));
    expect(stepText(episode).text).toBe('step 5, the only one kept at this speed');
    expect(stepText(episode).title).toMatch(/slow down/);
  });
});
