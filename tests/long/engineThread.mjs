/* The first file of an engine's thread in Node, where there is no browser: see poolMember.node.mjs. */
import { register } from 'tsx/esm/api';

register();
await import('./engineThread.ts');
