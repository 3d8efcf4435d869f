import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Dataset } from '../data/dataset.ts';
import { intensities, PIXELS } from '../data/dataset.ts';
import type { Values } from '../exhibits/exhibit.ts';
import type { Act, Frame } from '../exhibits/frame.ts';
import type { SettlingShown } from '../exhibits/list/settling.ts';
import { EXAMPLES } from '../exhibits/list/settling.ts';
import { numberOf, wordOf } from '../exhibits/values.ts';
import { release } from '../predictive/network/memory.ts';
import type { NetworkSettings } from '../predictive/network/settings.ts';
import type { Wiring } from '../predictive/network/wiring.ts';
import { wire } from '../predictive/network/wiring.ts';
import { NgcError } from '../shared/errors.ts';
import { answersOf, stableRate, trainedClassifier } from './classifier.ts';
import type { Demonstrate } from './demonstration.ts';
import { CLASSES, digitsOf, firstDigits, labelled, sourceOf } from './digits.ts';
import { flat, Settler } from './settler.ts';

/** One sees so many steps of the way it came. */
const MOST_STEPS = 400;
/** λmax is told of so many images. */
const IMAGES_FOR_BOUND = 20;

/** A picture at one end of the network, and what is known of it. */
interface Picture {
  readonly x: Tensor2D;
  /** What the data say that it shows; null: it was drawn. */
  readonly truth: number | null;
  /** What a plain forward pass answers. */
  readonly answer: number;
}

/** A trained classifier that settles between a picture and a label. */
export const settling: Demonstrate<SettlingShown> = async (beginning) => {
  const data = await beginning.data();
  const network = await trainedClassifier(data, beginning);
  const wiring = await wire(network);
  release(network.theta);
  const some = firstDigits(data.test, IMAGES_FOR_BOUND);
  const bound = await stableRate(wiring, some);
  release(some);

  const examples = examplesOf(data);

  let values = beginning.values;
  let picture = await examplePicture(wiring, data, numberOf(values, 'picture') - 1);
  let output = labelTensor(values, picture);
  const episode = () => ({ rows: 1, input: picture.x, output: output ?? undefined });
  const start = () => Settler.begin(underway(wiring, values), episode(), MOST_STEPS);
  let settler = await start();
  let activity = await settler.activity();

  /** Begins to settle anew, from the forward pass. */
  const again = async () => {
    settler.dispose();
    settler = await start();
  };

  return {
    async advance() {
      await settler.advance();
      activity = await settler.activity();
    },
    frame(): Frame<SettlingShown> {
      const label = labelOf(values, picture);
      return {
        ...{ step: settler.step, metric: settler.energy, ended: settler.hasBlownUp },
        says: settler.hasBlownUp ? `F left all proportion: the rate must stay below 2/λmax, here ${bound.toPrecision(2)}.` : null, // prettier-ignore
        isTrouble: settler.hasBlownUp,
        shown: {
          ...activity,
          ...{ energies: flat(settler.energies), step: settler.step },
          ...{ label, truth: picture.truth, answer: picture.answer, bound },
          ...{ source: sourceOf(data), examples: examples.slice() },
        },
      };
    },
    async change(next) {
      const isHeldElse = wordOf(next, 'label') !== wordOf(values, 'label');
      values = next;
      if (isHeldElse) {
        const before = output;
        output = labelTensor(values, picture);
        if (!settler.hasBlownUp) await settler.hold(episode());
        release(before);
      }
      if (settler.hasBlownUp) await again();
      else settler.set(underway(wiring, values));
      activity = await settler.activity();
    },
    async act(act) {
      const before = [picture.x, output];
      picture =
        act.name === 'test'
          ? await examplePicture(wiring, data, placeOf(act))
          : await drawnPicture(wiring, act);
      output = labelTensor(values, picture);
      await again();
      release(before);
      activity = await settler.activity();
    },
    close() {
      settler.dispose();
      wiring.dispose();
      release([picture.x, output]);
    },
  };
};

/** The network as the controls have it. */
function underway(wiring: Wiring, values: Values): Wiring {
  const order = wordOf(values, 'order') as NetworkSettings['order']; // checked with the controls
  return { ...wiring, settings: { ...wiring.settings, rate: numberOf(values, 'rate'), order } };
}

/** The class that the last layer is held at; null: it is free, as it is where nobody knows what a drawing shows. */
function labelOf(values: Values, { truth, answer }: Picture): number | null {
  const word = wordOf(values, 'label');
  if (word === 'free') return null;
  if (word === 'wrong') return ((truth ?? answer) + 1) % CLASSES;
  return word === 'true' ? truth : Number(word);
}

function labelTensor(values: Values, picture: Picture): Tensor2D | null {
  const label = labelOf(values, picture);
  return label === null ? null : labelled(label);
}

/** The pixels of the first test pictures, one after the other. */
function examplesOf({ test }: Dataset): Float32Array {
  const all = new Float32Array(EXAMPLES * PIXELS);
  for (let i = 0; i < EXAMPLES; i++) all.set(intensities(test, i % test.count), i * PIXELS);
  return all;
}

async function examplePicture(wiring: Wiring, { test }: Dataset, index: number): Promise<Picture> {
  const { x, y, labels } = digitsOf(test, [index % test.count]);
  y.dispose();
  return { x, truth: labels[0]!, answer: (await answersOf(wiring, { x }))[0]! };
}

/** Which example is taken. Throws a usage error where there is no such one. */
function placeOf({ values: [index = -1, ...more] }: Act): number {
  if (Number.isInteger(index) && index >= 0 && index < EXAMPLES && more.length === 0) return index;
  throw new NgcError('usage', `There are ${EXAMPLES} examples, from 0.`);
}

async function drawnPicture(wiring: Wiring, { name, values }: Act): Promise<Picture> {
  if (name !== 'picture' || values.length !== PIXELS)
    throw new NgcError('usage', `This exhibit takes a picture of ${PIXELS} numbers.`);
  const x = tf.tidy(() =>
    tf.clipByValue(tf.tensor2d(Float32Array.from(values), [1, PIXELS]), 0, 1),
  );
  return { x, truth: null, answer: (await answersOf(wiring, { x }))[0]! };
}
