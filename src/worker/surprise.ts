import { heldOut } from '../data/batches.ts';
import { opByOp } from '../ngc/opByOp.ts';
import { NgcImageModel } from '../ngc/imageModel.ts';
import { measureDiscrepancySpread } from '../engine/measures/discrepancy.ts';
import type { Progress } from '../protocol/snapshot.ts';
import type { SurpriseReport } from '../protocol/reports.ts';
import { fetchSurprise } from '../runtime/pretrained.ts';
import { imagesOf } from '../data/dataset.ts';
import { NgcError } from '../shared/errors.ts';
import type { DatasetShelf } from './datasets.ts';
import type { Network } from './network.ts';
import type { NetworkShelf } from './networks.ts';
import { yieldToMessages } from './pacing.ts';

const IMAGES = 200;
/** So few are settled together that one step of theirs is soon done. */
const TOGETHER = 10;
/** The same images for every network. */
const SEED = 2022;
const LABEL = 'Measuring what is usual';

const thousands = (count: number) => count.toLocaleString('en');

/** One measurement: of a network with certain synapses and settings, on certain data. */
interface Measurement {
  readonly key: string;
  readonly network: Network;
  readonly result: Promise<SurpriseReport>;
  readonly controller: AbortController;
}

/** Measures how ψ is spread over held-out images, beside everything else the worker does. */
export class SurpriseGauge {
  progress: Progress | null = null;
  private latest: Measurement | null = null;

  constructor(
    private readonly networks: NetworkShelf,
    private readonly datasets: DatasetShelf,
  ) {}

  /**
   * The spread for the network as it is; remembered as long as nothing changes. Rejects as cancelled where its synapses or settings
   * change, or something else is measured instead.
   */
  scale(): Promise<SurpriseReport> {
    const network = this.networks.current;
    const { version, model } = network;
    const key = JSON.stringify([version, model.config, this.datasets.report?.title]);
    const { latest } = this;
    if (latest?.network === network && latest.key === key) return latest.result;
    latest?.controller.abort();
    const controller = new AbortController();
    const result = this.find(network, controller.signal);
    const measurement = { key, network, result, controller };
    this.latest = measurement;
    // What failed is tried again when it is next asked for.
    result.catch(() => {
      if (this.latest === measurement) this.latest = null;
    });
    return result;
  }

  cancel(): void {
    this.latest?.controller.abort();
  }

  private async find(network: Network, signal: AbortSignal): Promise<SurpriseReport> {
    return (await this.fromCard(network)) ?? (await this.measure(network, signal));
  }

  /** What the card of an unchanged pretrained network says. */
  private async fromCard(network: Network): Promise<SurpriseReport | null> {
    const { version, model } = network;
    const entry = this.networks.pretrained.get(model.config.variant);
    if (network.weights !== 'pretrained' || version !== 1 || !entry) return null;
    const card = await fetchSurprise(entry, model.config);
    if (!card) return null;
    const { images, blank, p5, p25, p50, p75, p95 } = card;
    const source = `${thousands(images)} test images of ${entry.dataset}`;
    return { version, quantiles: { p5, p25, p50, p75, p95 }, blank, images, source };
  }

  private async measure(network: Network, signal: AbortSignal): Promise<SurpriseReport> {
    const { test, title } = this.datasets.loaded;
    const { version, model } = network;
    const { config } = model;
    const check = () => {
      const same = this.networks.active === network && network.version === version;
      if (signal.aborted || !same || model.config !== config)
        throw new NgcError('cancelled', 'Measuring was cancelled.');
    };
    const startedAt = performance.now();
    const indices = heldOut(test, IMAGES, SEED);
    this.progress = { label: LABEL, fraction: 0, secondsLeft: null };
    try {
      const { blank, p5, p25, p50, p75, p95 } = await measureDiscrepancySpread(
        // Not with the network's own executor, which others use meanwhile.
        new NgcImageModel(model, opByOp),
        imagesOf(test, indices),
        {
          batch: TOGETHER,
          onProgress: async (fraction) => {
            const elapsed = (performance.now() - startedAt) / 1000;
            const secondsLeft = fraction > 0.02 ? (elapsed * (1 - fraction)) / fraction : null;
            if (!signal.aborted) this.progress = { label: LABEL, fraction, secondsLeft };
            await yieldToMessages();
            check();
          },
        },
      );
      const images = indices.length;
      const source = `${thousands(images)} held-out images of ${title}`;
      return { version, quantiles: { p5, p25, p50, p75, p95 }, blank, images, source };
    } catch (error) {
      check(); // a network that was replaced has lost its synapses: that is no fault
      throw error;
    } finally {
      if (!signal.aborted || this.latest?.controller.signal === signal) this.progress = null;
    }
  }
}
