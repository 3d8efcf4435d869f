import { messageOf } from '../shared/errors.ts';
import { grouped } from '../shared/grouped.ts';
import type { AppState } from './state.ts';

type Known = Pick<AppState, 'model' | 'data' | 'training' | 'setUp'>;

/** Images that the network on show has learnt from by now. */
const imagesSeen = ({ model, training, setUp }: Known): number =>
  (setUp.mode === 'train' ? training?.imagesSeen : undefined) ?? model?.imagesSeen ?? 0;

/** What a picture of the page is of, in one line: the network, the images, the seed, how much has been learnt. */
export function pictureAbout(state: Known): string {
  const { model, data } = state;
  const images = imagesSeen(state);
  return [
    model?.title,
    data?.title,
    model && `seed ${model.seed}`,
    model && (images > 0 ? `${grouped(images)} images seen` : 'untrained'),
  ]
    .filter((part) => part !== null && part !== undefined)
    .join(' · ');
}

/** Says that a picture could not be made, and why. */
export const unmade = (what: string, error: unknown): string =>
  `The picture of ${what} could not be made: ${messageOf(error)}`;

/** The name of a file that holds such a picture, without its ending: "receptive-fields-gncn-pdh-60000-images". */
export function pictureName(what: string, state: Known): string {
  const parts = [what, state.model?.config.variant, state.model && `${imagesSeen(state)}-images`];
  return parts
    .filter((part) => part !== null && part !== undefined)
    .join('-')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
