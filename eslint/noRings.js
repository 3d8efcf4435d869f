import { readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

import ts from 'typescript';

/** What each file imports, read once while the linter runs; kept with the time the file was last written. */
const known = new Map();

/** The files of this project that a file imports by a relative path, `import type` and `import()` included. */
function importsOf(file, text) {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles
    .filter(({ fileName }) => /^\.\.?\/.*\.(ts|tsx|js|mjs)$/.test(fileName))
    .map(({ fileName, pos }) => ({ to: resolve(dirname(file), fileName), pos }));
}

/** The same for a file that is not the one being linted. One that does not exist imports nothing: the types say so. */
function importsOnDisk(file) {
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (written === undefined) return [];
  const before = known.get(file);
  if (before?.written === written) return before.imports;
  const imports = importsOf(file, readFileSync(file, 'utf8'));
  known.set(file, { written, imports });
  return imports;
}

/** The shortest way by imports from one file to another, both ends included; null where there is none. */
function wayBetween(from, to) {
  const cameFrom = new Map([[from, null]]);
  for (const file of cameFrom.keys()) {
    if (file === to) {
      const way = [];
      for (let at = file; at !== null; at = cameFrom.get(at)) way.unshift(at);
      return way;
    }
    for (const next of importsOnDisk(file)) if (!cameFrom.has(next.to)) cameFrom.set(next.to, file);
  }
  return null;
}

/**
 * Refuses imports that lead back to the file they stand in, directly or over others. Types count too: files in a ring can
 * only be understood together, whatever is left of the ring when they run.
 */
const noRings = {
  meta: {
    type: 'problem',
    docs: { description: 'No two files import each other, directly or in a ring, types included.' },
    messages: { ring: 'A ring of imports: {{ way }}.' },
    schema: [],
  },
  create({ filename, cwd, sourceCode, report }) {
    return {
      Program() {
        for (const { to, pos } of importsOf(filename, sourceCode.text)) {
          const way = wayBetween(to, filename);
          if (way === null) continue;
          const names = [filename, ...way].map((file) => relative(cwd, file));
          report({
            loc: sourceCode.getLocFromIndex(pos),
            messageId: 'ring',
            data: { way: names.join(' → ') },
          });
        }
      },
    };
  },
};

export default { rules: { 'no-rings': noRings } };
