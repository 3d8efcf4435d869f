import { useMemo } from 'react';
import type { Lesions } from '../../protocol/condition.ts';
import { isPointed } from '../../store/state.ts';
import type { Arrow, Flow } from '../../viz/arrows.ts';
import type { HierarchyLayout } from '../../viz/hierarchy.ts';
import { classes } from '../parts/classes.ts';
import { useAppState, useShown } from '../parts/context.ts';
import { Messages } from './Messages.tsx';
import styles from './Arrows.module.css';

const FLOWS: readonly Flow[] = ['down', 'skip', 'up', 'side'];
const HEADS: Record<Flow, string | undefined> = {
  down: styles.headDown,
  skip: styles.headSkip,
  up: styles.headUp,
  side: styles.headSide,
};

/** Whether nothing flows along an arrow any more. */
function isCut({ flow, from }: Arrow, lesions: Lesions): boolean {
  const silent = flow !== 'up' && lesions.layers.includes(from);
  switch (flow) {
    // The pixels are predicted whatever is cut.
    case 'down':
      return silent || (lesions.topDown && from > 1);
    case 'skip':
      return silent || (lesions.topDown && from > 2);
    case 'up':
      return lesions.errorSynapses;
    case 'side':
      return silent || lesions.lateral;
    default:
      return flow satisfies never;
  }
}

/** The mark of a cut: a cross in a disc. */
function Cut({ at: [x, y] }: { at: readonly [number, number] }) {
  const r = 7;
  return (
    <g className={styles.cutMark} transform={`translate(${x} ${y})`} data-testid="cut-mark">
      <circle r={r} />
      <path d={`M${-r / 2},${-r / 2}L${r / 2},${r / 2}M${r / 2},${-r / 2}L${-r / 2},${r / 2}`} />
    </g>
  );
}

/** What flows between the neurons: blue down = prediction, orange up = error, violet sideways = competition. */
export function Arrows({ layout }: { layout: HierarchyLayout }) {
  const lesions = useShown((shown) => shown.lesions);
  const pointed = useAppState((s) => s.pointed);
  const open = useMemo(
    () => layout.arrows.filter((arrow) => !isCut(arrow, lesions)),
    [layout, lesions],
  );
  return (
    <>
      <svg className={styles.arrows} width={layout.width} height={layout.height} aria-hidden="true">
        <defs>
          {FLOWS.map((flow) => (
            <marker
              key={flow}
              id={`head-${flow}`}
              viewBox="0 0 8 8"
              refX="6"
              refY="4"
              markerWidth={flow === 'skip' ? 7 : 10}
              markerHeight={flow === 'skip' ? 7 : 10}
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path className={HEADS[flow]} d="M0,0.5L8,4L0,7.5z" />
            </marker>
          ))}
        </defs>
        {layout.arrows.map((arrow) => {
          const { flow, from, path, middle } = arrow;
          const cut = isCut(arrow, lesions);
          const lit = isPointed(pointed, flow, from);
          return (
            <g
              key={`${flow}${from}`}
              className={classes(styles.flow, cut && styles.cut, lit && styles.lit)}
              data-lit={lit ? `${flow} ${from}` : undefined}
            >
              <path
                className={classes(styles.arrow, styles[flow])}
                d={path}
                markerEnd={`url(#head-${flow})`}
              />
              {cut && <Cut at={middle} />}
            </g>
          );
        })}
      </svg>
      <Messages arrows={open} />
    </>
  );
}
