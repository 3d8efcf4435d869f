/** Files with the folder each lay in; "" for none. */
export interface Dropped {
  readonly files: readonly File[];
  readonly folders: readonly string[];
}

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject));

/** Everything in a folder: browsers hand it out a hundred entries at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** The files that were dropped, those in folders included. Call in the event itself: afterwards the browser forgets them. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<Dropped> {
  const entries = Array.from(items, (item) => item.webkitGetAsEntry()).filter((e) => e !== null);
  const plain = [...files];
  if (!entries.some(isFolder)) return { files: plain, folders: [] };
  const found: { file: File; folder: string }[] = [];
  const walk = async (entry: FileSystemEntry, folder: string): Promise<void> => {
    if (isFile(entry)) found.push({ file: await fileOf(entry), folder });
    else if (isFolder(entry))
      for (const inner of await entriesOf(entry)) await walk(inner, entry.name);
  };
  for (const entry of entries) await walk(entry, '');
  const seen = found.filter(({ file }) => !file.name.startsWith('.'));
  return { files: seen.map(({ file }) => file), folders: seen.map(({ folder }) => folder) };
}
