import type { Row } from '../../experiments/experiment.ts';
import type { CellResult } from '../../experiments/result.ts';
import common from '../parts/common.module.css';
import { useApp } from '../parts/context.ts';
import { theatre as words } from './words.ts';

/** Whether a kind of model settles, so that the theatre can show it. */
const settles = ({ variant }: Row) => variant?.startsWith('gncn') ?? false;

/** Opens the model of a result where one sees it settle; of other models it says why not. */
export function OpenInTheatre({ result, row }: { result: CellResult | undefined; row: Row }) {
  const { actions } = useApp();
  if (row.variant === null) return null;
  if (!settles(row)) return <span className={common.hint}>{words.others}</span>;
  // Shipped models do not lie beside the page; those that were trained here lie in its storage.
  if (!result?.model || !actions.isOwn(result))
    return <span className={common.hint}>{words.first}</span>;
  const { model } = result;
  return (
    <button type="button" onClick={() => void actions.openInTheatre(model, row.title)}>
      {words.open}
    </button>
  );
}
