import { afterEach, expect, it, vi } from 'vitest';
import { createSignal } from '../../src/store/signal.ts';

afterEach(() => vi.unstubAllGlobals());

it('calls every listener, though one of them fails; its error goes where uncaught errors go', () => {
  const uncaught = vi.fn();
  vi.stubGlobal('reportError', uncaught);
  const signal = createSignal();
  const heard = vi.fn();
  const fault = new Error('a painter fails');
  signal.subscribe(() => {
    throw fault;
  });
  signal.subscribe(heard);
  signal.emit();
  expect(heard).toHaveBeenCalledOnce();
  expect(uncaught).toHaveBeenCalledExactlyOnceWith(fault);
});
