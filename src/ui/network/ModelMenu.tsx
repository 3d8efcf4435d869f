import type { Weights } from '../../protocol/reports.ts';
import type { Variant } from '../../store/urlState.ts';
import { updatesByUser } from '../../store/weights.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { network as words } from './words.ts';

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
      {report?.variants.flatMap(({ variant: id, title, pretrained }) =>
        (pretrained ? (['pretrained', 'own'] as const) : (['own'] as const)).map((kind) => (
          <option key={`${id} ${kind}`} value={`${id} ${kind}`}>
            {`${title} — ${id === changed && kind === 'pretrained' ? words.changedKind : words[kind]}`}
          </option>
        )),
      )}
    </select>
  );
}
