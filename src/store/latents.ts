import type { LatentMapReport } from '../protocol/latents.ts';
import { placeOf } from '../protocol/latents.ts';
import type { EpisodeBuffer } from './episode.ts';
import { same } from './kept.ts';
import type { AppState } from './state.ts';

/** What has changed since the map was made; null: nothing, or there is none. */
export function mapSince({
  latentMap,
  mapConfig,
  weightsVersion,
  data,
  model,
}: Pick<AppState, 'latentMap' | 'mapConfig' | 'weightsVersion' | 'data' | 'model'>):
  'synapses' | 'settings' | 'images' | null {
  if (latentMap === null) return null;
  if (data !== null && latentMap.dataset !== data.title) return 'images';
  if (latentMap.version !== weightsVersion) return 'synapses';
  return same(mapConfig, model?.config ?? null) ? null : 'settings';
}

type Shown = Pick<EpisodeBuffer, 'info' | 'read'>;

/**
 * φ(z_L) of the drawing at the step on show; null where there is no episode of the drawing, or it was settled with other synapses
 * than the map was made with.
 */
export function drawnCode(map: LatentMapReport, { info, read }: Shown): Float32Array | null {
  if (info?.kind !== 'input' || info.weightsVersion !== map.version) return null;
  const top = info.layout.states.at(-1);
  return top ? read(top) : null;
}

/** Where the drawing lies on a map at the step on show; null where there is none that belongs there. */
export function drawingPlace(map: LatentMapReport, shown: Shown): readonly [number, number] | null {
  const code = drawnCode(map, shown);
  return code && placeOf(map, code);
}

/** One image of a map, as a picture. */
export function mapPicture({ pictures, indices }: LatentMapReport, at: number): Float32Array {
  const pixels = pictures.length / indices.length;
  return Float32Array.from(pictures.subarray(at * pixels, (at + 1) * pixels), (v) => v / 255);
}
