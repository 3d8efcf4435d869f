import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lesions } from '../../src/protocol/condition.ts';
import { isIntact, NO_LESIONS } from '../../src/protocol/condition.ts';
import { firstDigit } from '../../src/store/firstDigit.ts';
import type { Occlusion } from '../../src/store/occlusion.ts';
import { OCCLUSIONS, PIXELS, presetMask } from '../../src/store/occlusion.ts';
import { printMask, printPixels, readMask, readPixels } from '../../src/store/pixelText.ts';
import { drawingOf, readScene, writeScene } from '../../src/store/scene.ts';
import { createAppStore } from '../../src/store/state.ts';
import { undoable } from '../../src/store/undo.ts';
import { DEFAULT_SETUP, readHash, writeHash } from '../../src/store/urlState.ts';

const grey = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, 1) },
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const pictures = fc
  .array(grey, { minLength: PIXELS, maxLength: PIXELS, size: 'max' })
  .map((values) => Float32Array.from(values));
const masks = fc
  .array(fc.constantFrom(0, 1), { minLength: PIXELS, maxLength: PIXELS, size: 'max' })
  .map((values) => Uint8Array.from(values));
const lesions: fc.Arbitrary<Lesions> = fc.record({
  lateral: fc.boolean(),
  precision: fc.boolean(),
  errorSynapses: fc.boolean(),
  leak: fc.boolean(),
  topDown: fc.boolean(),
  layers: fc.subarray([1, 2, 3]),
  units: fc.array(
    fc.record({ layer: fc.integer({ min: 1, max: 3 }), index: fc.nat({ max: 359 }) }),
    { maxLength: 5 },
  ),
});

describe('a picture in an address', () => {
  it('reads back to a sixteenth of grey, and black stays black, white white', () => {
    fc.assert(
      fc.property(pictures, (pixels) => {
        const text = printPixels(pixels);
        expect(text).toMatch(/^[\w-]+$/);
        const back = readPixels(text)!;
        for (let i = 0; i < PIXELS; i++) {
          expect(Math.abs(back[i]! - pixels[i]!)).toBeLessThan(1 / 15);
          expect(back[i]! > 0.5).toBe(pixels[i]! > 0.5);
        }
        // What has been through an address once does not change any more.
        expect(readPixels(printPixels(back))).toEqual(back);
      }),
      { numRuns: 60 },
    );
  });

  it('is short for a digit', () => {
    expect(printPixels(firstDigit()).length).toBeLessThan(120);
    expect(readPixels(printPixels(firstDigit()))).toEqual(firstDigit());
  });

  it.each(['', 'A', '!', `${printPixels(firstDigit())}A`, printPixels(firstDigit()).slice(1)])(
    'is refused where it is not 28 × 28 pixels: “%s”',
    (text) => expect(readPixels(text)).toBeUndefined(),
  );

  it('has its mask beside it, pixel for pixel', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        expect(readMask(printMask(mask))).toEqual(mask);
      }),
      { numRuns: 60 },
    );
    for (const text of ['', 'AAAA', printMask(new Uint8Array(PIXELS)).replace(/.$/, '_')])
      expect(readMask(text)).toBeUndefined();
  });
});

describe('the whole scene in an address', () => {
  const occlusions = fc.constantFrom<Occlusion>(...OCCLUSIONS, 'brush');
  it('reads back as it was: drawing, mask, lesions, pin, stage, side, live', () => {
    fc.assert(
      fc.property(
        fc.record({
          pixels: pictures,
          occlusion: occlusions,
          painted: masks,
          lesions,
          pin: fc.option(fc.record({ layer: fc.nat({ max: 3 }), index: fc.nat({ max: 783 }) })),
          contests: fc.option(fc.constantFrom(1, 2, 3)),
          sideTool: fc.constantFrom('network' as const, 'lesions' as const),
          live: fc.boolean(),
        }),
        ({ pixels: given, occlusion, painted, contests, ...rest }) => {
          const pixels = readPixels(printPixels(given))!;
          const mask =
            occlusion === 'brush' || occlusion === 'random' ? painted : presetMask(occlusion);
          const setUp = occlusion === 'brush' ? {} : { occlusion };
          const state = {
            ...createAppStore().getState(),
            ...rest,
            drawing: undoable({ pixels, mask, occlusion, origin: '' }),
            stage: contests === null ? ('layers' as const) : ('contests' as const),
            contestLayer: contests ?? 1,
          };
          const read = readHash(writeHash({ ...DEFAULT_SETUP, ...setUp }, {}, writeScene(state)));
          expect(read.refused).toEqual([]);
          expect(read.rest.size).toBe(0);
          const preset = read.setUp.occlusion ?? DEFAULT_SETUP.occlusion;
          expect(drawingOf(read.scene, preset, state.drawing.present)).toMatchObject({
            pixels,
            mask,
            occlusion,
          });
          const { scene } = read;
          expect(scene.lesions ?? NO_LESIONS).toEqual(rest.lesions);
          expect(scene.lesions === undefined).toBe(isIntact(rest.lesions));
          expect(scene.pin ?? null).toEqual(rest.pin);
          expect(scene.stage ?? null).toBe(contests);
          expect(scene.side ?? 'network').toBe(rest.sideTool);
          expect(scene.live === 'on').toBe(rest.live);
        },
      ),
      { numRuns: 80 },
    );
  });

  it.each([
    ['drawing', 'seven'],
    ['drawing', 'constructor'],
    ['mask', 'random.'],
    ['lesions', ''],
    ['lesions', 'lateral,everything'],
    ['lesions', 'neuron0.5'],
    ['lesions', 'layer0'],
    ['pin', '1'],
    ['pin', '-1.5'],
    ['stage', 'contests0'],
    ['side', 'settings'],
    ['live', 'yes'],
  ])('refuses %s=%s by name', (key, text) => {
    const { values, refused } = readScene([[key, text]]);
    expect(values).toEqual({});
    expect(refused.map(({ asked }) => asked)).toEqual([`${key}=${text}`]);
  });
});
