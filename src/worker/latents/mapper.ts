import type { Dataset } from '../../data/dataset.ts';
import { chosen, imagesOf } from '../../data/dataset.ts';
import { principalAxes } from '../../engine/latents/pca.ts';
import { latentsOf } from '../../engine/measures/latents.ts';
import type { FieldsOf } from '../../protocol/messages.ts';
import type { LatentMapReport, Placing, ProjectionName } from '../../protocol/latents.ts';
import { placeOf } from '../../protocol/latents.ts';
import type { Progress } from '../../protocol/snapshot.ts';
import type { FloatArray } from '../../shared/arrays.ts';
import { NgcError } from '../../shared/errors.ts';
import { grouped } from '../../shared/grouped.ts';
import { createRng, permutation } from '../../shared/rng.ts';
import type { DatasetShelf } from '../datasets.ts';
import type { Network } from '../network.ts';
import type { NetworkShelf } from '../networks.ts';
import { yieldToMessages } from '../pacing.ts';

/** The seed by which test images are chosen: the same ones for every network, those of a small map first on a large one. */
const SEED = 6;
/** Fewer images or neurons than this make no map. */
const FEWEST = 4;
/** So few are settled together that one step of theirs is soon done. */
const TOGETHER = 100;

/** The codes of test images, and whose they are. */
interface Coded {
  readonly network: Network;
  readonly version: number;
  readonly config: Network['model']['config'];
  readonly data: Dataset;
  /** Numbers of all test images, in the order in which they come to a map. */
  readonly order: Uint32Array;
  /** φ(z_L) of the first of them [n·D]. */
  readonly codes: Float32Array;
}

/** Says how far a part of the work is; throws where it is to stop. */
type Follow = (label: string) => (fraction: number) => Promise<void>;

/** Makes maps of the codes of test images, beside everything else the worker does. */
export class LatentMapper {
  progress: Progress | null = null;
  private controller = new AbortController();
  /** Those of the last map: no image has to be looked at twice. */
  private coded: Coded | null = null;

  constructor(
    private readonly networks: NetworkShelf,
    private readonly datasets: DatasetShelf,
  ) {}

  cancel(): void {
    this.controller.abort();
  }

  /**
   * A map of `images` test images, or of all there are, for the network as it is. Rejects as cancelled where its synapses, its
   * settings or the data change meanwhile, or another map is asked for; with a data error where there is too little to lay out.
   */
  async map({ projection, images }: FieldsOf<'latentMap'>): Promise<LatentMapReport> {
    this.cancel();
    const controller = (this.controller = new AbortController());
    await this.datasets.arrived();
    const network = this.networks.current;
    const data = this.datasets.loaded;
    const { version, title } = network;
    const { imagesSeen, config } = network.model;
    const check = () => {
      const same = this.networks.active === network && network.version === version;
      const set = network.model.config === config && this.datasets.current === data;
      if (controller.signal.aborted || !same || !set)
        throw new NgcError('cancelled', 'Making the map was cancelled.');
    };
    const follow: Follow = (label) => async (fraction) => {
      if (!controller.signal.aborted) this.progress = { label, fraction, secondsLeft: null };
      await yieldToMessages();
      check();
    };
    try {
      check();
      const begun = this.fitting(network, data) ?? begin(network, data);
      const coded = (this.coded = await goOn(begun, images, follow));
      const indices = coded.order.slice(0, images);
      const shape = [indices.length, network.image.latentWidth];
      const codes = { shape, data: coded.codes.subarray(0, shape[0]! * shape[1]!) };
      const laid = await lay(projection, codes, network.seed, follow);
      const shown = chosen(data.test, indices);
      return {
        ...{ ...laid, indices, labels: shown.labels, pictures: shown.pixels },
        ...{ classNames: data.classNames, dataset: data.title, testImages: data.test.count },
        ...{ version, imagesSeen, network: title },
      };
    } catch (error) {
      check(); // a network that was replaced has lost its synapses: that is no fault
      throw error;
    } finally {
      if (this.controller === controller) this.progress = null;
    }
  }

  /** The codes at hand, if they are of this network, its synapses and these data. */
  private fitting(network: Network, data: Dataset): Coded | null {
    const { coded } = this;
    const same = coded?.network === network && coded.version === network.version;
    return same && coded.config === network.model.config && coded.data === data ? coded : null;
  }
}

/** No image is looked at yet. Throws where there is too little to make a map of. */
function begin(network: Network, data: Dataset): Coded {
  const { version, image, model } = network;
  const { count } = data.test;
  if (count < FEWEST)
    throw new NgcError(
      'data',
      `A map needs ${FEWEST} test images or more; ${data.title} has ${count}.`,
    );
  if (image.latentWidth < 2)
    throw new NgcError('config', 'A map needs two neurons or more in the top layer.');
  const order = permutation(count, createRng(SEED));
  return { network, version, config: model.config, data, order, codes: new Float32Array(0) };
}

/** Looks at more images, until there are `wanted`. */
async function goOn(coded: Coded, wanted: number, follow: Follow): Promise<Coded> {
  const { network, data, order, codes } = coded;
  const { image } = network;
  const known = codes.length / image.latentWidth;
  const rest = order.slice(known, wanted);
  if (rest.length === 0) return coded;
  const more = await latentsOf(image, imagesOf(data.test, rest), {
    batch: TOGETHER,
    onProgress: follow(`Looking at ${grouped(rest.length)} test images`),
  });
  const all = new Float32Array(codes.length + more.length);
  all.set(codes);
  all.set(more, codes.length);
  return { ...coded, codes: all };
}

/** Lays codes out in the plane. */
async function lay(
  projection: ProjectionName,
  codes: FloatArray,
  seed: number,
  follow: Follow,
): Promise<Pick<LatentMapReport, 'placing' | 'points'>> {
  const report = follow('Laying out the map');
  if (projection === 'umap') {
    // A library of its own: the page begins without it.
    const { layOut } = await import('../../engine/latents/umap.ts');
    const { points, neighbours } = await layOut(codes, seed, { onProgress: report });
    return { points, placing: { kind: 'umap', codes: codes.data.slice(), neighbours } };
  }
  const placing: Placing = { kind: 'pca', ...(await principalAxes(codes, 2, () => report(0))) };
  const [count, width] = codes.shape as [number, number];
  const points = new Float32Array(2 * count);
  const nowhere = { placing, points };
  for (let n = 0; n < count; n++)
    points.set(placeOf(nowhere, codes.data.subarray(n * width, (n + 1) * width)), 2 * n);
  return { placing, points };
}
