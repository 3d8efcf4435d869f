import { readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

import ts from 'typescript';

import { ALLOWED, ENTRY, PURE, TYPES_ONLY } from './layout.js';

/*
 * Rules of this project's own: who may import whom, no two files in a ring, and no text that becomes HTML.
 */

/** The places where a file names another of this project: `visit` gets the node, the path, and whether only types come over. */
const importing = (filename, visit) => {
  const place = (node, source, typesOnly) => {
    const name = source?.value;
    if (typeof name === 'string' && name.startsWith('.'))
      visit(node, resolve(dirname(filename), name), typesOnly);
  };
  const named = (node) => place(node, node.source, isTypeOnly(node));
  return {
    ImportDeclaration: named,
    ExportNamedDeclaration: named,
    ExportAllDeclaration: named,
    ImportExpression: ({ source }) => place(source, source, false),
    TSImportType: ({ source }) => place(source, source, true),
  };
};

function isTypeOnly(node) {
  if ((node.importKind ?? node.exportKind) === 'type') return true;
  const kinds = (node.specifiers ?? []).map(
    ({ importKind, exportKind }) => importKind ?? exportKind,
  );
  return kinds.length > 0 && kinds.every((kind) => kind === 'type');
}

/** Where a file stands in src/: its folder ('' for those that stand in src itself) and its path there; null elsewhere. */
function placeOf(file, cwd) {
  const path = relative(resolve(cwd, 'src'), file).replaceAll('\\', '/');
  if (path.startsWith('../')) return null;
  return { folder: path.includes('/') ? path.slice(0, path.indexOf('/')) : '', path };
}

/** Why one place may not import another, or null where it may. */
function refusal(from, to, typesOnly) {
  if (from.folder === '')
    return to.folder === '' || ENTRY.includes(to.folder)
      ? null
      : `Only ${ENTRY.join(', ')} are joined here.`;
  if (from.folder === to.folder || PURE[to.path]?.includes(from.folder)) return null;
  const allowed = ALLOWED[from.folder];
  if (!allowed) return `lint/layout.js does not say what src/${from.folder}/ may import.`;
  if (!allowed.includes(to.folder))
    return `${from.folder}/ may import only from: ${allowed.join(', ') || 'nothing'} (see README, layout).`;
  const types = TYPES_ONLY[from.folder] ?? [];
  return typesOnly || !types.includes(to.folder)
    ? null
    : `${from.folder}/ may import only types from ${types.join(', ')}.`;
}

/** Refuses imports against the arrows of layout.js, static, dynamic and of types. */
const arrows = {
  meta: { type: 'problem', schema: [] },
  create({ filename, cwd, report }) {
    const from = placeOf(filename, cwd);
    if (!from) return {};
    return importing(filename, (node, path, typesOnly) => {
      const to = placeOf(path, cwd);
      const message = to ? refusal(from, to, typesOnly) : 'src/ imports nothing beside it.';
      if (message) report({ node, message });
    });
  },
};

/** What each file imports, read once while the linter runs; kept with the time the file was last written. */
const known = new Map();

/** The files of this project that a file imports by a relative path, `import type` and `import()` included. */
function importsOf(file, text) {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles
    .filter(({ fileName }) => /^\.\.?\/.*\.(ts|tsx|js|mjs)$/.test(fileName))
    .map(({ fileName }) => resolve(dirname(file), fileName));
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
    for (const next of importsOnDisk(file)) if (!cameFrom.has(next)) cameFrom.set(next, file);
  }
  return null;
}

/**
 * Refuses imports that lead back to the file they stand in, directly or over others. Types count too: files in a ring can
 * only be understood together, whatever is left of the ring when they run.
 */
const noRings = {
  meta: { type: 'problem', schema: [] },
  create({ filename, cwd, report }) {
    return importing(filename, (node, path) => {
      const way = wayBetween(path, filename);
      if (way === null) return;
      const names = [filename, ...way].map((file) => relative(cwd, file));
      report({ node, message: `A ring of imports: ${names.join(' → ')}.` });
    });
  },
};

/** Names and files come from strangers: nothing is ever shown as HTML. */
const noHtml = {
  meta: { type: 'problem', schema: [] },
  create({ report }) {
    const refuse = (node) => report({ node, message: 'Text is shown as text, never as HTML.' });
    return {
      MemberExpression(node) {
        const name = node.computed ? node.property.value : node.property.name;
        if (/^(innerHTML|outerHTML|insertAdjacentHTML|srcdoc)$/.test(name)) refuse(node);
        if (/^write(ln)?$/.test(name) && node.object.name === 'document') refuse(node);
      },
      JSXAttribute(node) {
        if (/^(dangerouslySetInnerHTML|srcDoc)$/.test(node.name.name)) refuse(node);
      },
    };
  },
};

export default {
  meta: { name: 'house' },
  rules: { arrows, 'no-rings': noRings, 'no-html': noHtml },
};
