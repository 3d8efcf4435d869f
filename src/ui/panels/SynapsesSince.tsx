import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useSynapsesSince } from '../parts/frames.ts';
import { since as words } from './words.ts';

/** Says so where synapses of the present stand beside a step that was settled with others. */
export function SynapsesSince() {
  const since = useSynapsesSince();
  if (!since) return null;
  return (
    <p className={classes(common.hint, common.strong)} data-testid="synapses-since">
      {words}
    </p>
  );
}
