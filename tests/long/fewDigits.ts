import type { Split } from '../../src/data/dataset.ts';
import { drawDigits } from '../../src/data/synthetic.ts';
import { idx } from '../data/files.ts';

/* A page that has so few digits beside it that an engine reads them in a moment: what follows a loss is then mostly the loss. */

function drawn(count: number, stream: 'train' | 'test'): Split {
  const steps = drawDigits(1, count, stream);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

const filesOf = ({ count, pixels, labels }: Split): readonly Uint8Array[] => [
  idx([count, 28, 28], pixels),
  idx([count], labels!),
];

/** Answers as such a page's host would: its digits are those of "mnist", and it has nothing else. */
export function fewDigits(): typeof fetch {
  const files = new Map<string, Uint8Array>(
    (['train', 't10k'] as const).flatMap((name) => {
      const [images, labels] = filesOf(drawn(name === 'train' ? 400 : 50, name === 'train' ? 'train' : 'test')); // prettier-ignore
      return [
        [`/data/mnist/${name}-images-idx3-ubyte.gz`, images!],
        [`/data/mnist/${name}-labels-idx1-ubyte.gz`, labels!],
      ] as const;
    }),
  );
  return (address) => {
    const { pathname } = new URL(address instanceof Request ? address.url : address);
    const bytes = files.get(pathname);
    const body = bytes && Uint8Array.from(bytes);
    return Promise.resolve(body ? new Response(body) : new Response(null, { status: 404 }));
  };
}
