/* The first file of an engine's thread in Node, where there is no browser and no bundler: see poolMember.node.mjs. */
import { register as registerHooks } from 'node:module';
import { register } from 'tsx/esm/api';

register();
// Where a bundler puts the address of a .wasm file there is none: it computes in plain JavaScript.
const hooks = `export const resolve = (specifier, context, next) =>
  specifier.includes('.wasm') ? { url: 'data:text/javascript,export default ""', shortCircuit: true } : next(specifier, context);`;
registerHooks(`data:text/javascript,${encodeURIComponent(hooks)}`);
await import('./engineThread.ts');
