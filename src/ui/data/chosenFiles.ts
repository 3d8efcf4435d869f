/** Files that were chosen, with the folder each lay in; "" for none. Those that a system hides are left out. */
export function chosenFiles(files: FileList | null): { files: File[]; folders: string[] } {
  const seen = [...(files ?? [])].filter(({ name }) => !name.startsWith('.'));
  // "digits/seven/a.png": of a chosen folder the path is told, and the last folder is the label.
  return {
    files: seen,
    folders: seen.map(({ webkitRelativePath }) => webkitRelativePath.split('/').at(-2) ?? ''),
  };
}
