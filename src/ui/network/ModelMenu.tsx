import type { Weights } from '../../protocol/reports.ts';
import type { Variant } from '../../store/urlState.ts';
import { updatesByUser } from '../../store/weights.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { network as words } from './words.ts';

const KINDS: readonly Weights[] = ['pretrained', 'own'];

/** Which network: of the four of the paper the pretrained one, or the user's own. */
export function ModelMenu() {
  const { actions } = useApp();
  const report = useAppState((s) => s.report);
  const wanted = useAppState((s) => s.setUp.model);
  const variant = useAppState((s) => s.model?.config.variant ?? wanted);
  const weights = useAppState((s): Weights => s.model?.weights ?? 'own');
  // What has learnt here no longer passes for pretrained.
  const changed = useAppState((s) => (s.model && updatesByUser(s.model) > 0 ? variant : null));
  const choose = (value: string) => {
    const [nextVariant, nextWeights] = value.split(' ');
    void actions.selectModel(nextVariant as Variant, nextWeights as Weights);
  };
  return (
    <select
      aria-label={words.model}
      value={`${variant} ${weights}`}
      disabled={report === null}
      onChange={(event) => choose(event.target.value)}
    >
      {report === null && <option value={`${variant} ${weights}`}>…</option>}
      {report &&
        KINDS.map((kind) => (
          <optgroup key={kind} label={words[kind]}>
            {report.variants
              .filter(({ pretrained }) => kind === 'own' || pretrained)
              .map(({ variant: id, title }) => (
                <option key={id} value={`${id} ${kind}`}>
                  {kind === 'pretrained' && id === changed ? words.changedByUser(title) : title}
                </option>
              ))}
          </optgroup>
        ))}
    </select>
  );
}
