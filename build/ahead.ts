import { basename } from 'node:path';

import type { HtmlTagDescriptor, Plugin } from 'vite';

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
      const styles = [...(page.viteMetadata?.importedCss ?? [])];
      return [
        ...[page.fileName, ...page.imports].map((file) =>
          link({ rel: 'modulepreload', href: `./assets/${basename(file)}` }),
        ),
        ...styles.map((file) => link({ rel: 'stylesheet', href: `./assets/${basename(file)}` })),
      ];
    },
  };
}
