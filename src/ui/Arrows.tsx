import type { Flow, HierarchyLayout } from '../viz/hierarchy.ts';
import { CAPTION } from '../viz/hierarchy.ts';
import { useAppState } from './context.ts';
import { strings } from './strings.ts';
import { usePhase } from './phase.ts';

const FLOWS: readonly Flow[] = ['down', 'skip', 'up', 'side'];

/** What flows between the neurons: blue down = prediction, orange up = error, violet sideways = competition. */
export function Arrows({ layout }: { layout: HierarchyLayout }) {
  const phase = usePhase();
  // At full speed nobody could follow the flow, and painting it would only take time from training.
  const moving = useAppState(
    ({ activity, setUp }) =>
      activity === 'settling' || (activity === 'training' && setUp.trainspeed !== null),
  );
  const [upper, lower] = layout.rows;
  return (
    <svg
      className={`arrows phase-${phase}${moving ? ' moving' : ''}`}
      width={layout.width}
      height={layout.height}
      aria-hidden="true"
    >
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
            <path className={`head head-${flow}`} d="M0,0.5L8,4L0,7.5z" />
          </marker>
        ))}
      </defs>
      {layout.arrows.map(({ flow, from, path }) => (
        <path
          key={`${flow}${from}`}
          className={`arrow arrow-${flow}`}
          d={path}
          markerEnd={`url(#head-${flow})`}
        />
      ))}
      {upper !== undefined && lower !== undefined && !layout.compact && (
        <>
          <text
            className="arrow-label flow-down"
            x={lower.prediction.x + lower.prediction.width * 0.42}
            y={(upper.state.y + upper.state.height + CAPTION + lower.state.y) / 2 + 2}
            textAnchor="end"
          >
            {strings.layers.predicts}
          </text>
          <text
            className="arrow-label flow-up"
            x={lower.error.x + lower.error.width * 0.62}
            y={(upper.state.y + upper.state.height + CAPTION + lower.state.y) / 2 + 2}
          >
            {strings.layers.corrects}
          </text>
          {layout.arrows.some(({ flow }) => flow === 'side') && (
            <text
              className="arrow-label flow-side"
              x={upper.error.x - 2}
              y={upper.state.y + upper.state.height / 2 + 4}
            >
              {strings.layers.competes}
            </text>
          )}
        </>
      )}
    </svg>
  );
}
