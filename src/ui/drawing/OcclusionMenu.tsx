import type { OcclusionPreset } from '../../store/occlusion.ts';
import { OCCLUSIONS } from '../../store/occlusion.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { drawing as words } from './words.ts';

/** What of the drawing is hidden. */
export function OcclusionMenu({ className }: { className?: string | undefined }) {
  const { actions } = useApp();
  const occlusion = useAppState((s) => s.drawing.present.occlusion);
  return (
    <select
      className={className}
      aria-label={words.occlusion}
      value={occlusion}
      onChange={(event) => actions.setOcclusion(event.target.value as OcclusionPreset)}
    >
      {OCCLUSIONS.map((preset) => (
        <option key={preset} value={preset}>
          {words.occlusions[preset]}
        </option>
      ))}
      {occlusion === 'brush' && <option value="brush">{words.occlusions.brush}</option>}
    </select>
  );
}
