import type { ChangeEvent } from 'react';
import { useRef } from 'react';
import buttons from '../parts/buttons.module.css';
import { useApp } from '../parts/context.ts';
import { chosenFiles } from './chosenFiles.ts';
import { own as words } from './words.ts';

/** Not every browser lets a folder be chosen. */
const FOLDERS = 'webkitdirectory' in HTMLInputElement.prototype;

/** Two buttons: files, many at once, or a folder of them. */
export function ChooseFiles() {
  const { actions } = useApp();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const open = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const chosen = chosenFiles(target.files);
    target.value = '';
    if (chosen.files.length > 0) void actions.openFiles(chosen.files, chosen.folders);
  };
  return (
    <div className={buttons.row}>
      <button type="button" onClick={() => files.current?.click()}>
        {words.files}
      </button>
      {FOLDERS && (
        <button type="button" onClick={() => folder.current?.click()}>
          {words.folder}
        </button>
      )}
      <input ref={files} type="file" hidden multiple onChange={open} data-testid="own-files" />
      {/* React knows no property for it. */}
      <input
        ref={folder}
        type="file"
        hidden
        multiple
        onChange={open}
        data-testid="own-folder"
        {...{ webkitdirectory: '' }}
      />
    </div>
  );
}
