import type { Context } from '../context.ts';
import { notify } from '../context.ts';
import { pictureName, unmade } from '../pictureAbout.ts';

/** A file that is being made. */
export interface Making {
  /** What it is a picture of: "receptive fields". */
  readonly what: string;
  readonly ending: 'png' | 'svg';
  make(): Promise<Blob>;
}

/** Taking pictures of the page away. */
export function savingActions(context: Context) {
  const { store, environment } = context;
  const failed = (what: string, error: unknown) => notify(context, 'error', unmade(what, error));
  return {
    /** Hands a picture of the page to the user, as a file whose name says what it is. */
    async savePicture({ what, ending, make }: Making) {
      try {
        const bytes = await (await make()).arrayBuffer();
        const name = `${pictureName(what, store.getState())}.${ending}`;
        environment.download(bytes, name);
        notify(context, 'info', `Saved as ${name}, where this browser puts downloads.`);
      } catch (error) {
        failed(what, error);
      }
    },
    /** Puts a picture of the page where it can be pasted from. */
    async copyPicture({ what, make }: Omit<Making, 'ending'>) {
      let png: Blob;
      try {
        png = await make();
      } catch (error) {
        return failed(what, error);
      }
      try {
        await environment.copyImage(png);
        notify(context, 'info', `The picture of ${what} is copied.`);
      } catch {
        notify(context, 'info', 'This browser does not let the page copy pictures: save it instead.'); // prettier-ignore
      }
    },
  };
}
