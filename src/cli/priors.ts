import type { Mixture } from '../engine/prior/mixture.ts';
import { mixtureFromTensors } from '../engine/prior/store.ts';
import { perceives } from '../engine/model.ts';
import type { OpenedModel } from '../models/files.ts';
import { NgcError, printableText } from '../shared/errors.ts';
import { named } from './files.ts';

/** The prior that came with a model. Throws a file error that says how to fit one where there is none, or naming the file when it does not fit. */
export function neededPrior(opened: OpenedModel, path: string): Mixture {
  const prior = priorOf(opened, path);
  if (prior) return prior;
  throw new NgcError(
    'file',
    `${named('--model', path)} holds no prior to draw from; fit one with "ngc prior --model M --dataset D --out M2".`,
  );
}

/** The prior that came with a model, or null. Throws a file error naming the file when it does not fit. */
export function priorOf({ model, prior }: OpenedModel, path: string): Mixture | null {
  if (!prior) return null;
  let mixture: Mixture;
  try {
    mixture = mixtureFromTensors(prior);
  } catch (error) {
    if (!(error instanceof NgcError) || error.message.includes(printableText(path))) throw error;
    throw new NgcError('file', `${named('--model', path)}: ${error.message}`);
  }
  const neurons = perceives(model) ? model.latentWidth : 0;
  if (mixture.size !== neurons)
    throw new NgcError(
      'file',
      `${named('--model', path)}: its prior is over ${mixture.size} neurons, its top layer has ${neurons}.`,
    );
  return mixture;
}
