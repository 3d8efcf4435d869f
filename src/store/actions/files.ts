import { messageOf, printableText } from '../../shared/errors.ts';
import type { Context } from '../context.ts';
import { ask, notify } from '../context.ts';
import type { DrawingActions } from './drawing.ts';
import type { ImageActions } from './images.ts';
import type { NetworkActions } from './network.ts';

const isImage = (file: File) => /\.(png|jpe?g|webp|gif|bmp|avif)$/i.test(file.name);
const isModel = (file: File) => file.name.toLowerCase().endsWith('.safetensors');

/** Opening and saving files; nothing leaves the machine. */
export function fileActions(
  context: Context,
  network: NetworkActions,
  drawing: DrawingActions,
  images: ImageActions,
) {
  const { store, environment } = context;
  /** Null, and a sentence, where the browser cannot read it: it was moved, or is not the user's to read. */
  const read = async (file: File): Promise<ArrayBuffer | null> => {
    try {
      return await file.arrayBuffer();
    } catch (error) {
      const why = printableText(messageOf(error).replace(/\.$/, ''));
      notify(context, 'error', `${printableText(file.name)} could not be read (${why}).`);
      return null;
    }
  };
  const openModel = async (file: File) => {
    const bytes = await read(file);
    if (bytes === null) return;
    const opened = await ask(context, { type: 'openModel', bytes, name: file.name }, [bytes]);
    if (opened === null) return;
    const { model, run } = opened;
    store.setState({ overrides: {} });
    network.setUp({ model: model.config.variant, weights: 'own', seed: model.seed });
    network.shown(model);
    notify(context, 'info', `Opened ${file.name}: ${model.title}.`);
    if (run === null) return;
    store.setState(({ runs }) => ({ runs: [run, ...(runs ?? [])] }));
    notify(context, 'info', `The file holds a training, ${run.name}: it is kept among the runs, to be gone on with.`); // prettier-ignore
  };
  /** An image of one picture becomes the drawing. False where it holds several. */
  const openPicture = async (file: File): Promise<boolean> => {
    const report = await ask(context, { type: 'readPicture', file });
    if (report === null) return true; // refused, and that is said
    if (report.pixels === null) return false;
    const name = printableText(file.name, 40);
    drawing.setPixels(report.pixels, name);
    notify(context, 'info', `${name} is on the drawing canvas, as the network sees it: 28 × 28.`);
    return true;
  };
  return {
    /**
     * Models (.safetensors), datasets and images, told apart by their names. `folders`: where each file lay; of images they
     * are the labels.
     */
    async openFiles(files: readonly File[], folders: readonly string[] = []) {
      for (const file of files.filter(isModel)) await openModel(file);
      const others = files.flatMap((file, i) =>
        isModel(file) ? [] : [{ file, folder: folders[i] ?? '' }],
      );
      // What a folder holds beside its images (a note, a thumbnail's list) is no reason to refuse it.
      const pictures = others.filter(({ file }) => isImage(file));
      const taken = folders.some(Boolean) && pictures.length > 0 ? pictures : others;
      const [only, second] = taken;
      if (only === undefined) return;
      if (second === undefined && isImage(only.file) && (await openPicture(only.file))) return;
      await images.stageImages(
        taken.map(({ file }) => file),
        taken.map(({ folder }) => folder),
      );
    },
    async saveModel() {
      const saved = await ask(context, { type: 'saveModel' });
      if (saved === null) return;
      environment.download(saved.bytes, saved.name);
      notify(context, 'info', `Saved as ${saved.name}, where this browser puts downloads.`);
    },
  };
}

export type FileActions = ReturnType<typeof fileActions>;
