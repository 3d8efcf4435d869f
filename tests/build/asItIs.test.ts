import type { Socket } from 'node:net';

import { expect, test } from 'vitest';

import { goesAsItIs } from '../../build/asItIs.ts';

const asked = (url: string, remoteAddress: string) =>
  goesAsItIs({ url, socket: { remoteAddress } as Socket });

test.each(['127.0.0.1', '127.8.0.1', '::1', '::ffff:127.0.0.1'])(
  'nothing is packed on its way to %s',
  (address) => {
    expect(asked('/assets/page-abc.js', address)).toBe(true);
    expect(asked('/models/gncn-pdh.safetensors', address)).toBe(true);
  },
);

test.each(['192.168.127.1', '10.0.0.127', '2001:db8::1', '::ffff:10.127.0.1'])(
  'programs are packed for %s, networks and data are not',
  (address) => {
    expect(asked('/assets/page-abc.js', address)).toBe(false);
    expect(asked('/models/models.json', address)).toBe(false);
    expect(asked('/models/gncn-pdh.safetensors?v=2', address)).toBe(true);
    expect(asked('/data/mnist/train-images-idx3-ubyte.gz', address)).toBe(true);
  },
);
