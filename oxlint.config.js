import { defineConfig } from 'oxlint';

/*
 * What `npm run check` refuses, beside what the compiler does: what eslint and typescript-eslint ("strict", with types) and
 * React's own rules recommend, and the rules of this house (lint/).
 */

const list = (names) => names.trim().split(/\s+/);
const errors = (plugin, names) =>
  Object.fromEntries(list(names).map((name) => [`${plugin}/${name}`, 'error']));

const LANGUAGE = `
  for-direction no-array-constructor no-async-promise-executor no-case-declarations no-compare-neg-zero no-cond-assign
  no-constant-binary-expression no-constant-condition no-control-regex no-debugger no-delete-var no-dupe-else-if
  no-duplicate-case no-empty no-empty-character-class no-empty-pattern no-empty-static-block no-ex-assign
  no-extra-boolean-cast no-fallthrough no-global-assign no-invalid-regexp no-irregular-whitespace no-loss-of-precision
  no-misleading-character-class no-nonoctal-decimal-escape no-prototype-builtins no-regex-spaces no-self-assign
  no-shadow-restricted-names no-sparse-arrays no-unassigned-vars no-unexpected-multiline no-unsafe-finally
  no-unsafe-optional-chaining no-unused-expressions no-unused-labels no-unused-private-class-members no-unused-vars
  no-useless-assignment no-useless-backreference no-useless-catch no-useless-constructor no-useless-escape no-var
  prefer-const prefer-rest-params prefer-spread preserve-caught-error require-yield use-isnan valid-typeof`;

const TYPES = `
  await-thenable consistent-type-imports no-array-delete no-base-to-string no-deprecated no-duplicate-enum-values
  no-duplicate-type-constituents no-dynamic-delete no-empty-object-type no-explicit-any no-extra-non-null-assertion
  no-extraneous-class no-floating-promises no-for-in-array no-generated-empty-object-type no-implied-eval
  no-invalid-void-type no-meaningless-void-operator no-misused-new no-misused-promises no-misused-spread no-mixed-enums
  no-namespace no-non-null-asserted-nullish-coalescing no-non-null-asserted-optional-chain
  no-redundant-type-constituents no-require-imports no-this-alias no-unnecessary-boolean-literal-compare
  no-unnecessary-template-expression no-unnecessary-type-arguments no-unnecessary-type-assertion
  no-unnecessary-type-constraint no-unnecessary-type-conversion no-unnecessary-type-parameters no-unsafe-argument
  no-unsafe-assignment no-unsafe-call no-unsafe-declaration-merging no-unsafe-enum-assignment
  no-unsafe-enum-comparison no-unsafe-function-type no-unsafe-member-access no-unsafe-return no-unsafe-unary-minus
  no-useless-default-assignment no-wrapper-object-types only-throw-error prefer-as-const prefer-literal-enum-member
  prefer-namespace-keyword prefer-promise-reject-errors prefer-reduce-type-parameter prefer-return-this-type
  related-getter-setter-pairs require-await triple-slash-reference unified-signatures
  use-unknown-in-catch-callback-variable`;

const HOOKS = `
  rules-of-hooks exhaustive-deps static-components use-memo preserve-manual-memoization incompatible-library immutability
  globals refs set-state-in-effect error-boundaries purity set-state-in-render unsupported-syntax`;

export default defineConfig({
  plugins: ['eslint', 'typescript', 'react'],
  jsPlugins: ['./lint/house.js'],
  categories: { correctness: 'off' },
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  // src/wasm/assembly is of another language, by its own compiler.
  ignorePatterns: [
    'src/wasm/assembly',
    'dist',
    'runs',
    'public',
    'test-results',
    'playwright-report',
  ],
  rules: {
    ...errors('eslint', LANGUAGE),
    'eslint/no-console': 'error',
    'house/no-rings': 'error',
  },
  overrides: [
    {
      files: ['**/*.{ts,tsx}'],
      rules: {
        ...errors('typescript', TYPES),
        'typescript/ban-ts-comment': ['error', { minimumDescriptionLength: 10 }],
        'typescript/restrict-plus-operands': [
          'error',
          {
            allowAny: false,
            allowBoolean: false,
            allowNullish: false,
            allowNumberAndString: false,
            allowRegExp: false,
          },
        ],
        'typescript/restrict-template-expressions': ['error', { allowNumber: true }],
        'typescript/return-await': ['error', 'error-handling-correctness-only'],
      },
    },
    // A fake that answers at once still has to answer with a promise.
    { files: ['tests/**'], rules: { 'typescript/require-await': 'off' } },
    {
      files: ['src/cli/**', 'tests/e2e/**', 'tests/mutants/**'],
      rules: { 'eslint/no-console': 'off' },
    },
    { files: ['src/**'], rules: { 'house/arrows': 'error', 'house/no-html': 'error' } },
    { files: ['src/ui/**', 'src/*.tsx'], rules: errors('react', HOOKS) },
  ],
});
