import type { LabDataset, Row } from '../../experiments/experiment.ts';
import type { CellResult } from '../../experiments/result.ts';
import common from '../parts/common.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { theatre as words } from './words.ts';

interface OpenInTheatreProps {
  result: CellResult | undefined;
  row: Row;
  dataset: LabDataset;
}

/** Whether a kind of model is one that the theatre shows settling. */
const settles = ({ variant }: Row) => variant?.startsWith('gncn') ?? false;

/** Opens the model of a result where one sees it settle; of other models it says why not. */
export function OpenInTheatre({ result, row, dataset }: OpenInTheatreProps) {
  const { actions } = useApp();
  const variants = useAppState((s) => s.report?.variants ?? null);
  if (row.variant === null) return null;
  if (!settles(row)) {
    const why = row.variant === 'pcn' ? words.live : words.others;
    return <span className={common.hint}>{why}</span>;
  }
  // Those that were trained here lie in the page's storage.
  if (result?.model && actions.isOwn(result)) {
    const { model } = result;
    return (
      <button type="button" onClick={() => void actions.openInTheatre(model, row.title)}>
        {words.open}
      </button>
    );
  }
  // A network that was changed for the experiment is none of those that the page brings.
  const plain = row.changes === undefined && dataset === 'mnist';
  const beside = plain && variants?.find(({ variant }) => variant === row.variant);
  if (!beside || !beside.pretrained) return <span className={common.hint}>{words.first}</span>;
  return (
    <button type="button" onClick={() => void actions.openPretrained(beside.variant)}>
      {words.pretrained(row.title)}
    </button>
  );
}
