import { basename } from 'node:path';

import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';

type OutputChunk = Rolldown.OutputChunk;

/** What src/main.tsx imports once it has started the engine. */
const PAGE = 'src/page.tsx';

const link = (attrs: Record<string, string>): HtmlTagDescriptor => ({
  tag: 'link',
  attrs: { crossorigin: true, ...attrs },
  injectTo: 'head',
});

/** Has the built page fetch its parts at once, those that its first program asks for later too: one wait for the host, not two. */
export function ahead(): Plugin {
  return {
    name: 'ahead',
    apply: 'build',
    transformIndexHtml(_, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const page = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(PAGE));
      if (!page) throw new Error(`${PAGE} is no chunk of its own`);
      const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
      // What is imported stands before who imports it, as its styles must.
      const needed = new Set<OutputChunk>();
      const need = (chunk: OutputChunk) => {
        for (const name of chunk.imports) {
          const other = byName.get(name);
          if (other && !needed.has(other)) need(other);
        }
        needed.add(chunk);
      };
      need(page);
      const files = [...needed].filter(({ isEntry }) => !isEntry).map(({ fileName }) => fileName);
      const styles = [...needed].flatMap(({ viteMetadata }) => [
        ...(viteMetadata?.importedCss ?? []),
      ]);
      return [
        ...files.map((file) => link({ rel: 'modulepreload', href: `./assets/${basename(file)}` })),
        ...styles.map((file) => link({ rel: 'stylesheet', href: `./assets/${basename(file)}` })),
      ];
    },
  };
}
