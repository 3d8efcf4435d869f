import { heldOut } from '../../data/batches.ts';
import type { Dataset } from '../../data/dataset.ts';
import { chosen, imagesOf } from '../../data/dataset.ts';
import { principalAxes } from '../../engine/latents/pca.ts';
import { layOut } from '../../engine/latents/umap.ts';
import { latentsOf } from '../../engine/measures/latents.ts';
import type { LatentMapReport, Placing, ProjectionName } from '../../protocol/latents.ts';
import { placeOf } from '../../protocol/latents.ts';
import type { Progress } from '../../protocol/snapshot.ts';
import type { FloatArray } from '../../shared/arrays.ts';
import { NgcError } from '../../shared/errors.ts';
import type { DatasetShelf } from '../datasets.ts';
import type { Network } from '../network.ts';
import type { NetworkShelf } from '../networks.ts';
import { yieldToMessages } from '../pacing.ts';

/** Test images on a map, and the seed of their choice: the same ones for every network. */
const COUNT = 2_000;
const SEED = 6;
/** Fewer images or neurons than this make no map. */
const FEWEST = 4;
/** So few are settled together that one step of theirs is soon done. */
const TOGETHER = 50;

/** The codes of test images, and whose they are. */
interface Coded {
  readonly network: Network;
  readonly version: number;
  readonly data: Dataset;
  /** Numbers of the images in the test set [N]. */
  readonly indices: Uint32Array;
  /** φ(z_L) [N, D]. */
  readonly codes: FloatArray;
}

/** Says how far a part of the work is; throws where it is to stop. */
type Follow = (label: string) => (fraction: number) => Promise<void>;

/** Makes maps of the codes of test images, beside everything else the worker does. */
export class LatentMapper {
  progress: Progress | null = null;
  private controller = new AbortController();
  /** Those of the last map: another projection of them needs no image to be looked at again. */
  private coded: Coded | null = null;

  constructor(
    private readonly networks: NetworkShelf,
    private readonly datasets: DatasetShelf,
  ) {}

  cancel(): void {
    this.controller.abort();
  }

  /**
   * A map for the network as it is. Rejects as cancelled where its synapses or the data change meanwhile, or another map is asked
   * for; with a data error where there is too little to lay out.
   */
  async map(projection: ProjectionName): Promise<LatentMapReport> {
    this.cancel();
    const controller = (this.controller = new AbortController());
    await this.datasets.arrived();
    const network = this.networks.current;
    const data = this.datasets.loaded;
    const { version, title } = network;
    const { imagesSeen } = network.model;
    const check = () => {
      const same = this.networks.active === network && network.version === version;
      if (controller.signal.aborted || !same || this.datasets.current !== data)
        throw new NgcError('cancelled', 'Making the map was cancelled.');
    };
    const follow: Follow = (label) => async (fraction) => {
      if (!controller.signal.aborted) this.progress = { label, fraction, secondsLeft: null };
      await yieldToMessages();
      check();
    };
    try {
      check();
      const coded = (this.coded = this.fitting(network, data) ?? (await code(network, data, follow))); // prettier-ignore
      const { codes, indices } = coded;
      const laid = await lay(projection, codes, network.seed, follow);
      const shown = chosen(data.test, indices);
      return {
        ...{ ...laid, indices: indices.slice(), labels: shown.labels, pictures: shown.pixels },
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
    const fits =
      coded?.network === network && coded.version === network.version && coded.data === data;
    return fits ? coded : null;
  }
}

/** Looks at the images of a map. */
async function code(network: Network, data: Dataset, follow: Follow): Promise<Coded> {
  const { image, version } = network;
  const indices = heldOut(data.test, COUNT, SEED);
  if (indices.length < FEWEST)
    throw new NgcError(
      'data',
      `A map needs ${FEWEST} test images or more; ${data.title} has ${indices.length}.`,
    );
  if (image.latentWidth < 2)
    throw new NgcError('config', 'A map needs two neurons or more in the top layer.');
  const codes = await latentsOf(image, imagesOf(data.test, indices), {
    batch: TOGETHER,
    onProgress: follow(`Looking at ${indices.length.toLocaleString('en')} test images`),
  });
  const shape = [indices.length, image.latentWidth];
  return { network, version, data, indices, codes: { shape, data: codes } };
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
