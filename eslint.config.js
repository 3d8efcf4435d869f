import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/**
 * Who may import whom inside src/ (the arrows that the README shows). A folder may always
 * import from itself; everything not listed is refused.
 */
const ALLOWED = {
  shared: [],
  engine: ['ngc', 'shared'],
  ngc: ['engine', 'shared'],
  kernels: ['ngc', 'engine', 'shared'],
  pool: ['ngc', 'engine', 'shared'],
  data: ['shared'],
  io: ['engine', 'shared'],
  runtime: ['ngc', 'engine', 'kernels', 'pool', 'io', 'data', 'shared'],
  protocol: ['ngc', 'engine', 'shared'],
  worker: ['runtime', 'ngc', 'engine', 'data', 'io', 'protocol', 'shared'],
  client: ['protocol', 'shared'],
  store: ['client', 'protocol', 'shared'],
  viz: ['protocol', 'shared'],
  ui: ['store', 'viz', 'protocol', 'shared'],
  cli: ['runtime', 'ngc', 'engine', 'data', 'io', 'shared'],
};

/** Folders whose code another folder may name only as types (`import type`). */
const TYPES_ONLY = {
  io: ['engine'],
  protocol: ['ngc', 'engine'],
  viz: ['protocol'],
  ui: ['protocol'],
};

const boundaries = Object.entries(ALLOWED).map(([folder, allowed]) => {
  const forbidden = Object.keys(ALLOWED).filter(
    (other) => other !== folder && !allowed.includes(other),
  );
  const typesOnly = TYPES_ONLY[folder] ?? [];
  const patterns = [
    {
      regex: `^(\\.\\./)+(${forbidden.join('|')})/`,
      message: `${folder}/ may import only from: ${allowed.join(', ') || 'nothing'} (see README, layout).`,
    },
  ];
  if (typesOnly.length > 0)
    patterns.push({
      regex: `^(\\.\\./)+(${typesOnly.join('|')})/`,
      allowTypeImports: true,
      message: `${folder}/ may import only types from ${typesOnly.join(', ')}.`,
    });
  return {
    files: [`src/${folder}/**/*.{ts,tsx}`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  };
});

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'runs', 'public', 'test-results', 'playwright-report'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-console': 'error',
    },
  },
  { files: ['src/cli/**', 'tests/e2e/**'], rules: { 'no-console': 'off' } },
  {
    files: ['src/ui/**/*.{ts,tsx}', 'src/main.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  ...boundaries,
);
