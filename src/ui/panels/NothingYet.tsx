import { isBlank } from '../../store/drawing.ts';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useAppState } from '../parts/context.ts';
import { nothing as words } from './words.ts';

/** Says what to do so that something settles, and what will stand here then. */
export function NothingYet({ then }: { then: string }) {
  const what = useAppState(({ setUp, drawing }) =>
    setUp.mode === 'complete' && isBlank(drawing.present) ? 'blank' : setUp.mode,
  );
  return (
    <p className={classes(common.hint, common.strong)}>
      {words[what]} {then}
    </p>
  );
}
