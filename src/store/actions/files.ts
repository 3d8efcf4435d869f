import { messageOf, printableText } from '../../shared/errors.ts';
import type { Context } from '../context.ts';
import { ask, notify } from '../context.ts';
import type { DrawingActions } from './drawing.ts';
import type { NetworkActions } from './network.ts';

const isModel = (file: File) => file.name.toLowerCase().endsWith('.safetensors');

/** Opening and saving files; nothing leaves the machine. */
export function fileActions(context: Context, network: NetworkActions, drawing: DrawingActions) {
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
    const model = await ask(context, { type: 'openModel', bytes, name: file.name }, [bytes]);
    if (model === null) return;
    store.setState({ overrides: {} });
    network.setUp({ model: model.config.variant, weights: 'own', seed: model.seed });
    network.shown(model);
    notify(context, 'info', `Opened ${file.name}: ${model.title}.`);
  };
  const openDataset = async (files: readonly File[]) => {
    const data = await ask(context, { type: 'openDataset', files });
    if (data === null) return;
    network.setUp({ dataset: data.dataset });
    store.setState({ data, ownFiles: true });
    notify(context, 'info', `Opened ${data.title}: ${data.trainImages} images to learn from.`);
    if (store.getState().setUp.mode === 'complete') await drawing.takeExample();
  };
  return {
    /** Models (.safetensors) and datasets, told apart by their names. */
    async openFiles(files: readonly File[]) {
      for (const file of files.filter(isModel)) await openModel(file);
      const others = files.filter((file) => !isModel(file));
      if (others.length > 0) await openDataset(others);
    },
    async saveModel() {
      const saved = await ask(context, { type: 'saveModel' });
      if (saved === null) return;
      environment.download(saved.bytes, saved.name);
      notify(context, 'info', `Saved as ${saved.name}, where this browser puts downloads.`);
    },
  };
}
