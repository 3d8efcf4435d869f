import { changesNetwork } from '../ngc/config/parse.ts';
import type { ModelConfig } from '../ngc/config/settings.ts';
import type { Variant } from '../ngc/config/variants.ts';
import { VARIANT_DEFINITIONS } from '../ngc/config/variants.ts';
import { opByOp } from '../ngc/opByOp.ts';
import type { Executor } from '../ngc/settling.ts';
import type { FieldsOf } from '../protocol/messages.ts';
import type { ModelReport } from '../protocol/reports.ts';
import type { SafeNetwork, SafeRole } from '../protocol/safe.ts';
import type { Download, PretrainedIndex } from '../runtime/pretrained.ts';
import { beginDownload } from '../runtime/pretrained.ts';
import { checkNewOnPage, checkOnPage, pageConfig } from '../runtime/recipes.ts';
import { NgcError } from '../shared/errors.ts';
import { checkpointOf } from './checkpoint.ts';
import { Network } from './network.ts';
import type { LiveSize } from './liveSize.ts';
import type { Task } from './progress.ts';
import type { RunRecord } from './runs/record.ts';
import { hasPrior, takePrior } from './priors.ts';

/** The networks the page has at hand: of each variant the pretrained one and the user's own, one of them active. */
export class NetworkShelf {
  active: Network | null = null;
  pretrained: PretrainedIndex = new Map();
  /** What its networks compute with. */
  executor: Executor = opByOp;
  /** What had learnt something when another took its place: the last of them, until it is brought back. */
  private aside: { readonly id: number; readonly network: Network } | null = null;
  private asideId = 0;
  /** What is on its way before it is asked for. */
  private expected: { readonly variant: Variant; readonly download: Download } | null = null;
  private readonly own = new Map<Variant, Network>();
  private readonly loaded = new Map<Variant, Network>();

  constructor(
    private readonly task: Task,
    private readonly liveSize: LiveSize,
  ) {}

  /** The active network. Throws where there is none yet. */
  get current(): Network {
    if (!this.active) throw new NgcError('usage', 'Choose a model first.');
    return this.active;
  }

  get hasPrior(): boolean {
    return this.active !== null && hasPrior(this.active);
  }

  private activate(network: Network): ModelReport {
    const { variant } = network.model.config;
    const shelf = network.weights === 'own' ? this.own : this.loaded;
    const old = shelf.get(variant);
    shelf.set(variant, network);
    if (old && old !== network) this.putAside(old);
    this.active = network;
    return this.reportOf(network);
  }

  private putAside(network: Network): void {
    if (!network.hasLearnt) return network.dispose();
    this.aside?.network.dispose();
    this.aside = { id: ++this.asideId, network };
  }

  /** Brings back the network that was put aside last, as it was; the one it takes the place of is put aside in turn. */
  putBack(): ModelReport {
    const { aside } = this;
    if (!aside) throw new NgcError('usage', 'There is no network to bring back.');
    this.aside = null;
    return this.activate(aside.network);
  }

  /** The networks that cannot simply be made or loaded again. */
  get precious(): readonly { readonly network: Network; readonly role: SafeRole }[] {
    const { aside } = this;
    const all = [
      ...(aside ? [{ network: aside.network, role: 'aside' as const }] : []),
      ...[...this.loaded.values()].map((network) => ({ network, role: 'pretrained' as const })),
      ...[...this.own.values()].map((network) => ({ network, role: 'own' as const })),
    ];
    return all.filter(
      ({ network, role }) => network.hasLearnt || (role === 'own' && !network.fromSeed),
    );
  }

  /** Takes in a network that another engine had; it is on show if it was there. */
  async restore(safe: SafeNetwork): Promise<Network> {
    const { role, origin } = safe;
    const weights = role === 'pretrained' ? 'pretrained' : 'own';
    const network = await Network.restored(safe, weights, origin, this.executor);
    takePrior(network);
    if (role === 'aside') this.putAside(network);
    else (role === 'own' ? this.own : this.loaded).set(network.model.config.variant, network);
    if (safe.active) this.active = network;
    return network;
  }

  /** Whether something would be lost with the page: a network of the user's has learnt what no file holds. */
  get unsaved(): boolean {
    const held = [...this.own.values(), ...(this.aside ? [this.aside.network] : [])];
    return held.some((network) => network.unsaved);
  }

  /** What the page is told of the active network. */
  get report(): ModelReport | null {
    return this.active && this.reportOf(this.active);
  }

  /** What the page is told of a network, and of the one that was put aside. */
  reportOf(network: Network): ModelReport {
    const { aside } = this;
    const { imagesSeen } = aside?.network.model ?? {};
    return network.report(
      this.hasPrior,
      aside && imagesSeen !== undefined ? { id: aside.id, imagesSeen } : null,
    );
  }

  /**
   * Shows a network of a variant. The pretrained one takes settings that steer, on top of those it was loaded with; the user's
   * own is the one at hand if it is of this seed and the settings only steer it, else a new one.
   */
  async select({
    variant,
    weights,
    seed,
    settings,
  }: FieldsOf<'selectModel'>): Promise<ModelReport> {
    if (weights === 'pretrained') {
      const network = this.loaded.get(variant) ?? (await this.load(variant));
      const { config, changed } = changesNetwork(network.initialConfig, settings ?? {});
      if (changed)
        throw new NgcError(
          'config',
          'These settings need a network of your own, not a trained one.',
        );
      checkOnPage(config);
      network.model.config = config;
      return this.activate(network);
    }
    const kept = this.own.get(variant);
    if (kept?.seed === seed) {
      const { config, changed } = changesNetwork(kept.model.config, settings ?? {});
      if (!changed) {
        checkOnPage(config);
        kept.model.config = config;
        return this.activate(kept);
      }
    }
    return this.activate(await this.fresh(await this.config(variant, settings), seed));
  }

  /** A pretrained network will soon be asked for: it comes while something else goes on. */
  expect(variant: Variant): void {
    const entry = this.pretrained.get(variant);
    if (entry) this.expected = { variant, download: beginDownload(entry) };
  }

  /** The one that was expected, where it is this one. */
  private takeExpected(variant: Variant): Download | null {
    const { expected } = this;
    this.expected = null;
    if (expected?.variant === variant) return expected.download;
    expected?.download.cancel();
    return null;
  }

  private load(variant: Variant): Promise<Network> {
    const entry = this.pretrained.get(variant);
    const { title } = VARIANT_DEFINITIONS[variant];
    if (!entry)
      throw new NgcError('file', `No pretrained ${title} lies beside this page; train your own.`);
    return this.task.run('loading', `Loading ${title}`, async (signal) => {
      const download = this.takeExpected(variant) ?? beginDownload(entry);
      const bytes = await download.bytes(signal, (fraction) =>
        this.task.report(`Loading ${title}`, fraction),
      );
      return Network.fromFile(
        bytes,
        entry.file,
        'pretrained',
        `${title}, pretrained on ${entry.dataset}`,
        this.executor,
      );
    });
  }

  /** Opens a model file as the user's own network. */
  async open(bytes: ArrayBuffer, name: string): Promise<ModelReport> {
    return this.activate(await Network.fromFile(bytes, name, 'own', name, this.executor));
  }

  /** Opens a run's file as the user's own network, to go on with its training. */
  async openRun(bytes: Uint8Array, { card, fromSeed }: RunRecord): Promise<ModelReport> {
    const { name, title } = card;
    const opened = fromSeed
      ? await Network.fromRun(bytes.slice().buffer, name, title, this.executor)
      : await Network.fromFile(bytes.slice().buffer, name, 'own', title, this.executor);
    return this.activate(opened);
  }

  /** Settings that only steer are changed in place; others need a new network, from the same seed. */
  async changeSettings(settings: Partial<ModelConfig>): Promise<ModelReport> {
    const network = this.current;
    const { config } = changesNetwork(network.model.config, settings);
    return this.steer(settings) ?? this.activate(await this.fresh(config, network.seed));
  }

  /** Changes settings in place where they only steer; null, and nothing changes, where they need a new network. */
  steer(settings: Partial<ModelConfig>): ModelReport | null {
    const network = this.current;
    const { config, changed } = changesNetwork(network.model.config, settings);
    if (changed) return null;
    checkOnPage(config);
    network.model.config = config;
    return this.reportOf(network);
  }

  /** The active network as it was at first, with the settings of now. */
  async rewind(): Promise<ModelReport> {
    return this.activate(await this.current.restart());
  }

  async reseed(seed: number): Promise<ModelReport> {
    const { model, weights } = this.current;
    const { config } = model;
    return this.activate(
      await this.fresh(weights === 'own' ? config : await this.config(config.variant), seed),
    );
  }

  /** The active network as a checkpoint: it can be opened here and trained on by the command line. */
  async save(position: { epoch: number; offset: number } | null) {
    const network = this.current;
    const { imagesSeen, config } = network.model;
    const bytes = await checkpointOf(network, position ?? network.training);
    network.savedVersion = network.version;
    return {
      bytes: bytes.slice().buffer,
      name: `${config.variant}-${imagesSeen}-images.safetensors`,
    };
  }

  /** The page's settings for a new network of a size that suits the machine, unless a size is asked for. */
  private async config(variant: Variant, settings?: Partial<ModelConfig>): Promise<ModelConfig> {
    const size = settings?.sizes ? {} : await this.liveSize.settings(this.executor);
    return pageConfig(variant, { ...size, ...settings });
  }

  private async fresh(config: ModelConfig, seed: number): Promise<Network> {
    checkNewOnPage(config);
    const { title } = VARIANT_DEFINITIONS[config.variant];
    return Network.fresh(config, seed, `${title}, your network`, this.executor);
  }
}
