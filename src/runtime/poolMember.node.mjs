/*
 * The first file of a pool member's thread in Node. Node reads no TypeScript, and tsx's option --import does not reach the
 * entry of a thread: it is registered here, whatever started the process.
 */
import { register } from 'tsx/esm/api';

register();
await import('./poolMember.node.ts');
