import { Segments } from '../parts/Segments.tsx';
import { useApp, useAppState } from '../parts/context.ts';
import type { SampleView } from '../../store/slices/latents.ts';
import { ByHand } from './ByHand.tsx';
import { Samples } from './Samples.tsx';
import { Walk } from './Walk.tsx';
import { sampling as words } from './words.ts';
import styles from './Sampling.module.css';

const VIEWS = { samples: Samples, walk: Walk, hand: ByHand };

/** What the network dreams, in the middle of the page: samples, a walk, or neurons driven by hand. */
export function SampleStage() {
  const { actions } = useApp();
  const view = useAppState((s) => s.sampleView);
  const View = VIEWS[view];
  return (
    <div className={styles.stage}>
      <div className={styles.views}>
        <Segments
          name="sample-view"
          label={words.views}
          value={view}
          options={(Object.keys(VIEWS) as SampleView[]).map((value) => ({
            value,
            label: words.view[value],
          }))}
          onChange={actions.showSampleView}
        />
      </div>
      <View />
    </div>
  );
}
