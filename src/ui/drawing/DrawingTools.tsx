import type { Tool } from '../../store/state.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { Segments } from '../parts/Segments.tsx';
import { drawing as words } from './words.ts';

const TOOLS: readonly Tool[] = ['draw', 'erase', 'occlude'];

/** To draw, to rub out, to hide. */
export function DrawingTools() {
  const { actions } = useApp();
  const tool = useAppState((s) => s.tool);
  return (
    <Segments
      name="tool"
      label={words.tools}
      value={tool}
      options={TOOLS.map((value) => ({ value, label: words[value] }))}
      onChange={actions.setTool}
    />
  );
}

/** How thick the brush is. */
export function Brush({ className }: { className?: string | undefined }) {
  const { actions } = useApp();
  const brush = useAppState((s) => s.brush);
  return (
    <input
      className={className}
      type="range"
      aria-label={words.brush}
      title={words.brush}
      min={0.6}
      max={5}
      step={0.2}
      value={brush}
      onChange={(event) => actions.setBrush(Number(event.target.value))}
    />
  );
}
