import { readdirSync } from 'node:fs';

import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

import rings from './eslint/noRings.js';

/**
 * Who may import whom inside src/ (the arrows that the README shows). A folder may always
 * import from itself; everything not listed is refused. Nobody imports ui, cli or worker.
 */
const ALLOWED = {
  shared: [],
  experiments: ['shared'],
  exhibits: ['shared'],
  predictive: ['engine', 'shared'],
  demonstrations: ['exhibits', 'predictive', 'engine', 'data', 'shared'],
  engine: ['shared'],
  ngc: ['engine', 'shared'],
  kernels: ['ngc', 'engine', 'shared'],
  wasm: ['ngc', 'engine', 'shared'],
  pool: ['wasm', 'ngc', 'engine', 'shared'],
  autoencoders: ['engine', 'shared'],
  mixtures: ['engine', 'shared'],
  models: ['ngc', 'autoencoders', 'mixtures', 'predictive', 'engine', 'io', 'shared'],
  offline: ['shared'],
  data: ['shared'],
  io: ['engine', 'shared'],
  runtime: ['models', 'ngc', 'engine', 'kernels', 'wasm', 'pool', 'io', 'data', 'shared'],
  storage: ['io', 'shared'],
  lab: ['experiments', 'storage', 'runtime', 'models', 'ngc', 'engine', 'data', 'io', 'shared'],
  protocol: ['experiments', 'exhibits', 'ngc', 'engine', 'shared'],
  worker: [
    'lab',
    'experiments',
    'demonstrations',
    'exhibits',
    'storage',
    'runtime',
    'models',
    'ngc',
    'engine',
    'data',
    'io',
    'protocol',
    'shared',
  ],
  client: ['protocol', 'shared'],
  store: ['client', 'offline', 'experiments', 'exhibits', 'protocol', 'shared'],
  viz: ['experiments', 'exhibits', 'protocol', 'shared'],
  ui: ['store', 'viz', 'experiments', 'exhibits', 'protocol', 'shared'],
  cli: [
    'viz',
    'lab',
    'experiments',
    'storage',
    'runtime',
    'models',
    'ngc',
    'engine',
    'data',
    'io',
    'shared',
  ],
};

for (const { name } of readdirSync(`${import.meta.dirname}/src`, { withFileTypes: true }))
  if (!name.includes('.') && !(name in ALLOWED))
    throw new Error(`eslint.config.js does not say what src/${name}/ may import.`);

/** Folders whose code another folder may name only as types (`import type`). */
const TYPES_ONLY = {
  io: ['engine'],
  protocol: ['ngc', 'engine'],
  viz: ['protocol'],
  ui: ['protocol'],
};

/** Files without numerics, definitions as numbers and plain facts, that those named may import whole: a page needs them too. */
const PURE = {
  'engine/constants.ts': ['protocol', 'store', 'viz'],
  'ngc/completion.ts': ['protocol'],
  'ngc/lesions.ts': ['protocol'],
  'ngc/movement.ts': ['protocol'],
  'ngc/parameters.ts': ['store'],
  'ngc/recipe.ts': ['store', 'ui'],
  'ngc/steering.ts': ['protocol', 'store'],
};

/** Folders inside a folder that share their name with another of src/: every file there is as deep that `../NAME/` means its own. */
const NAMESAKES = { ui: ['lab', 'data'] };

/** Names and files come from strangers: nothing is ever shown as HTML. */
const NO_HTML = [
  'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|srcdoc)$/]',
  'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
  'CallExpression[callee.object.name="document"][callee.property.name=/^write(ln)?$/]',
].map((selector) => ({ selector, message: 'Text is shown as text, never as HTML.' }));

const boundaries = Object.entries(ALLOWED).map(([folder, allowed]) => {
  const forbidden = Object.keys(ALLOWED).filter(
    (other) => other !== folder && !allowed.includes(other),
  );
  const typesOnly = TYPES_ONLY[folder] ?? [];
  const pure = Object.keys(PURE).filter((file) => PURE[file].includes(folder));
  const not = pure.length > 0 ? `(?!(${pure.join('|').replaceAll('.', '\\.')})$)` : '';
  const own = (NAMESAKES[folder] ?? []).map((name) => `(?!\\.\\./${name}/)`).join('');
  const message = `${folder}/ may import only from: ${allowed.join(', ') || 'nothing'} (see README, layout).`;
  const patterns = [{ regex: `^${own}(\\.\\./)+${not}(${forbidden.join('|')})/`, message }];
  const atRunTime = [...forbidden, ...typesOnly].join('|');
  if (typesOnly.length > 0)
    patterns.push({
      regex: `^(\\.\\./)+${not}(${typesOnly.join('|')})/`,
      allowTypeImports: true,
      message: `${folder}/ may import only types from ${typesOnly.join(', ')}.`,
    });
  return {
    files: [`src/${folder}/**/*.{ts,tsx}`],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
      'no-restricted-syntax': [
        'error',
        {
          selector: `ImportExpression[source.value=/^${own.replaceAll('/', '\\x2f')}(\\.\\.\\x2f)+(${atRunTime})\\x2f/]`,
          message,
        },
        ...NO_HTML,
      ],
    },
  };
});

/** src/main.tsx and src/page.tsx join the parts of the page, and know no others. */
const entry = {
  files: ['src/*.{ts,tsx}'],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: '^\\./(?!(client|store|ui)/|page\\.tsx$)',
            message: 'Only client, store and ui are joined here.',
          },
        ],
      },
    ],
  },
};

/** The rules that know the types: all of "strict", but for what is said here. */
const typed = {
  files: ['**/*.{ts,tsx}'],
  extends: [tseslint.configs.strictTypeChecked],
  languageOptions: {
    parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
  },
  rules: {
    '@typescript-eslint/consistent-type-imports': 'error',
    // An index that a loop keeps in bounds is `| undefined` to the compiler.
    '@typescript-eslint/no-non-null-assertion': 'off',
    // Own objects are closures without `this`, so taking a method out of one is safe.
    '@typescript-eslint/unbound-method': 'off',
    // What TensorFlow.js hands out by its interface is narrowed by a cast to what it is known to be.
    '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    // What changes while one awaits, and what some browsers lack, the types do not tell.
    '@typescript-eslint/no-unnecessary-condition': 'off',
    // `return stop();` out of a function without a result ends it in one line.
    '@typescript-eslint/no-confusing-void-expression': 'off',
  },
};

export default tseslint.config(
  // Of another language, by its own compiler: src/wasm/assembly.
  {
    ignores: [
      'src/wasm/assembly',
      'dist',
      'node_modules',
      'runs',
      'public',
      'test-results',
      'playwright-report',
    ],
  },
  js.configs.recommended,
  typed,
  { plugins: { rings }, rules: { 'rings/no-rings': 'error', 'no-console': 'error' } },
  // A fake that answers at once still has to answer with a promise.
  { files: ['tests/**'], rules: { '@typescript-eslint/require-await': 'off' } },
  { files: ['src/cli/**', 'tests/e2e/**', 'tests/mutants/**'], rules: { 'no-console': 'off' } },
  {
    files: ['src/ui/**/*.{ts,tsx}', 'src/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  ...boundaries,
  entry,
);
