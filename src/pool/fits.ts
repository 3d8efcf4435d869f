import type { ModelConfig } from '../ngc/config/settings.ts';
import { checkLesions } from '../ngc/lesions.ts';
import type { Model } from '../ngc/model.ts';
import { lateralsOf, parametersOf, precisionsOf } from '../ngc/parameters.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { NgcError, printableText } from '../shared/errors.ts';
import type { Order, Synapses } from './messages.ts';

/* Whether what an order brings fits the network that it is for. */

const refuse = (what: string): never => {
  throw new NgcError('usage', `${what}.`);
};

function checkShape({ shape }: FloatArray, wanted: readonly number[], what: string): void {
  if (shape.join() !== wanted.join())
    refuse(`${what} is [${shape.join(', ')}], not [${wanted.join(', ')}]`);
}

/** Throws a usage error where synapses have no place in a network, or not that shape. */
export function checkSynapses(config: ModelConfig, synapses: Synapses): void {
  const all = [...parametersOf(config), ...precisionsOf(config), ...lateralsOf(config)];
  const places = new Map(all.map(({ name, shape }) => [name, shape]));
  for (const [name, array] of synapses) {
    const shape = places.get(name) ?? refuse(`The network has no ${printableText(name, 20)}`);
    checkShape(array, shape, name);
  }
}

/** Throws a usage error where settings are not of the network that is held. */
export function checkSame({ config }: Model, next: ModelConfig): void {
  if (config.variant !== next.variant || config.sizes.join() !== next.sizes.join())
    refuse('The settings are of another network');
}

/** Throws a usage error where an episode cannot begin: the network is not all there, or the images are not for it. */
export function checkBeginning(model: Model, order: Extract<Order, { type: 'begin' }>): void {
  const { config, x, mask, states, circumstances } = order;
  checkSame(model, config);
  const needed = [...parametersOf(config), ...precisionsOf(config), ...(config.lateral === 'matrix' ? lateralsOf(config) : [])]; // prettier-ignore
  for (const { name } of needed) if (!model.synapses.has(name)) refuse(`The network lacks ${name}`);
  checkInput(x.shape[0]!, config, { x, mask });
  if (states && states.length !== config.sizes.length - 1)
    refuse(`There are states of ${states.length} layers`);
  states?.forEach((z, i) => checkShape(z, [x.shape[0]!, config.sizes[i + 1]!], `z${i + 1}`));
  if (circumstances.lesions) checkLesions(config.sizes, circumstances.lesions);
}

/** Throws a usage error where images are not for so many rows of a network. */
export function checkInput(
  rows: number,
  { sizes }: ModelConfig,
  { x, mask }: { readonly x: FloatArray; readonly mask: FloatArray | null },
): void {
  if (rows < 1) refuse('There are no images');
  checkShape(x, [rows, sizes[0]!], 'x');
  if (mask) checkShape(mask, x.shape, 'mask');
}
