import scale from './scale.module.css';
import { classes } from './classes.ts';
/** A heatmap's scale: from −limit to limit. */
export function SignedScale({ limit }: { limit: string }) {
  return (
    <span className={scale.caption}>
      −{limit} <span className={classes(scale.ramp, scale.signed)} /> {limit}
    </span>
  );
}
