import { decodeInk } from '../data/browserImage.ts';
import { budgetOf } from '../data/compression.ts';
import type { NamedPictures } from '../data/droppedImages.ts';
import { SMALL_BYTES, smallPicture } from '../data/droppedImages.ts';
import type { InkImage } from '../data/images.ts';
import { digitOf, picturesIn } from '../data/images.ts';
import { messageOf, NgcError, printableText } from '../shared/errors.ts';
import { yieldToMessages } from './pacing.ts';
import type { Task } from './progress.ts';

export const isImage = (file: File): boolean => /\.(png|jpe?g|webp|gif|bmp|avif)$/i.test(file.name);

/** The drawing in an image file; null where it holds several pictures. Throws a data error where it holds none. */
export async function pictureIn(file: File): Promise<Float32Array | null> {
  const pictures = picturesIn(await decodeInk(file));
  const [first, second] = pictures;
  if (first === undefined || !first.ink.some((value) => value > 0))
    throw new NgcError('data', `${printableText(file.name)} holds nothing but an even page.`);
  return second === undefined ? digitOf(first) : null;
}

/** The pictures of many image files; `refuse` hears of those that cannot be read. Cancelled with the task. */
export function picturesOf(
  files: readonly File[],
  folders: readonly string[],
  task: Task,
  refuse: (sentence: string) => void,
): Promise<NamedPictures[]> {
  const label = 'Reading the images';
  return task.run('loading', label, async (signal) => {
    const read: NamedPictures[] = [];
    const budget = budgetOf('These images');
    for (const [i, file] of files.entries()) {
      if (signal.aborted) throw new NgcError('cancelled', 'Reading the images was cancelled.');
      task.report(label, i / files.length);
      let found: InkImage[];
      try {
        found = picturesIn(await decodeInk(file));
      } catch (error) {
        if (!(error instanceof NgcError)) throw error;
        refuse(messageOf(error));
        continue;
      }
      // A sheet of thousands is a small file.
      budget.take('bytes', SMALL_BYTES * found.length);
      const pictures = found.map(smallPicture);
      read.push({ name: file.name, folder: folders[i] ?? '', pictures });
      await yieldToMessages();
    }
    return read;
  });
}
