import type { ModelReport } from '../../protocol/reports.ts';
import { updatesByUser } from '../../store/weights.ts';
import { network as words } from './words.ts';

/** Which network this is, in words; a pretrained one that has learnt here no longer passes for what it was. */
export function networkTitle(
  model: Pick<ModelReport, 'title' | 'weights' | 'updatesHere'>,
): string {
  const updates = updatesByUser(model);
  return updates === 0 ? model.title : `${model.title}, ${words.changed(updates)}`;
}
