import type { ProjectionName } from '../../../protocol/latents.ts';
import { grouped } from '../../../shared/grouped.ts';

/* The words around the map of codes. */

export const latents = {
  projection: 'Projection',
  projections: { pca: 'PCA', umap: 'UMAP' } satisfies Record<ProjectionName, string>,
  map: (dataset: string) =>
    `Map of test images of ${dataset}. Arrow keys walk from image to image, Enter puts one on the canvas.`,
  about: (layer: number, images: number, all: number, dataset: string) =>
    `${images === all ? 'All' : `${grouped(images)} of`} ${grouped(all)} test images of ${dataset}, each where its top-layer activity \`φ(z_${layer})\` puts it.`,
  how: {
    pca: (first: string, second: string) =>
      `Along the two directions in which activity varies most: ${first} and ${second} of its variance.`,
    umap: (neighbours: number) =>
      `Laid out so that each image stays near its ${neighbours} most similar ones; distances between far ones mean little. The drawing is placed among the images nearest to it.`,
  },
  unlabelled: 'These images have no labels: all dots have one colour.',
  classes: 'Classes',
  one: (label: string, images: number) => `Class ${label}: ${grouped(images)} images`,
  many: (classes: number) => `${classes} classes: point at a dot to see which.`,
  drawing: 'drawing',
  image: (index: number, name: string | null) =>
    `Test image ${grouped(index)}${name === null ? '' : `, “${name}”`}`,
  origin: (index: number, name: string | null) =>
    `test image ${grouped(index)}${name === null ? '' : `, “${name}”`}`,
  press: 'Click, or press Enter, to let it settle.',
  point: 'Point at a dot to see its image; click to let it settle.',
  nowhere: 'Draw or take an example in Complete: it falls where it belongs.',
  making: 'Map progress',
  stop: 'Stop',
  stopped: 'There is no map yet.',
  given: 'The last map was given up: this is the one before.',
  make: 'Make the map',
  again: 'Make it anew',
  training:
    'The synapses are learning. Pause, and the map can be made: it is of one state of them.',
  made: (network: string, images: number) =>
    `Made with ${network}${images > 0 ? `, after ${grouped(images)} images` : ', before it learnt anything'}.`,
  since: {
    synapses: 'The synapses have changed since: this map is of then.',
    settings: 'The settings have changed since: this map is of those before.',
    images: 'The images are others now: this map is of those before.',
  },
} as const;
