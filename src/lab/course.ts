import type { Training } from '../experiments/experiment.ts';
import type { Curve } from '../experiments/result.ts';

/** How a training has gone so far: what a checkpoint keeps beside the model. */
export interface Course {
  readonly curve: Curve;
  /** Seconds of training so far, without measuring. */
  readonly seconds: number;
  /** What was learnt from since the last look: the sum of losses, and of how many images. */
  readonly since: { readonly loss: number; readonly images: number };
  /** The look with the best validation, by its number; −1: there was none. */
  readonly best: number;
}

/** A training that has not begun. */
export const BEGINNING: Course = {
  curve: { images: [], seconds: [], train: [], validation: [], more: {} },
  seconds: 0,
  since: { loss: 0, images: 0 },
  best: -1,
};

/** The course with one more point of its curve. Lower validation is better; null is neither. */
export function looked(course: Course, images: number, validation: number | null): Course {
  const { curve, seconds, since, best } = course;
  const record = curve.validation[best] ?? Infinity;
  const better = validation !== null && validation < record;
  return {
    curve: {
      images: [...curve.images, images],
      seconds: [...curve.seconds, seconds],
      train: [...curve.train, since.loss / since.images],
      validation: [...curve.validation, validation],
      more: {},
    },
    seconds,
    since: { loss: 0, images: 0 },
    best: better ? curve.images.length : best,
  };
}

/** Whether the last look is the best so far. */
export const isBest = ({ curve, best }: Course): boolean =>
  best >= 0 && best === curve.images.length - 1;

/** Whether a training has lost its patience: so many looks in a row were no better than the best. */
export function isWorn({ curve, best }: Course, { patience }: Training): boolean {
  return patience !== undefined && best >= 0 && curve.images.length - 1 - best >= patience;
}

const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);

/** A course as `JSON.parse` gives it, or null where it is none. */
export function courseFrom(said: unknown): Course | null {
  if (typeof said !== 'object' || said === null) return null;
  const { curve, seconds, since, best } = said as Record<string, unknown>;
  const points = curveFrom(curve);
  if (!points || !isNumber(seconds) || !isNumber(best)) return null;
  if (typeof since !== 'object' || since === null) return null;
  const { loss, images } = since as Record<string, unknown>;
  if (!isNumber(loss) || !isNumber(images)) return null;
  return { curve: points, seconds, since: { loss, images }, best };
}

/** A curve as `JSON.parse` gives it, or null where it is none. */
export function curveFrom(said: unknown): Curve | null {
  if (typeof said !== 'object' || said === null) return null;
  const { images, seconds, train, validation } = said as Record<string, unknown>;
  const numbers = (list: unknown): list is number[] => Array.isArray(list) && list.every(isNumber);
  if (!numbers(images) || !numbers(seconds) || !numbers(train)) return null;
  if (!Array.isArray(validation)) return null;
  const values: unknown[] = validation;
  const known = values.map((value) => (isNumber(value) ? value : null));
  const even = [seconds, train, known].every(({ length }) => length === images.length);
  return even ? { images, seconds, train, validation: known, more: {} } : null;
}
