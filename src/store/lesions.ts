export { isSilent } from '../protocol/theatre.ts';
