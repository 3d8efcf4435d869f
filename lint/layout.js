/**
 * Who may import whom inside src/ (the arrows that the README shows). A folder may always
 * import from itself; everything not listed is refused. Nobody imports ui, cli or worker.
 */
export const ALLOWED = {
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

/** What src/main.tsx and src/page.tsx join: the parts of the page. */
export const ENTRY = ['client', 'store', 'ui'];

/** Folders whose code another folder may name only as types (`import type`). */
export const TYPES_ONLY = {
  io: ['engine'],
  protocol: ['ngc', 'engine'],
  viz: ['protocol'],
  ui: ['protocol'],
};

/** Files without numerics, definitions as numbers and plain facts, that those named may import whole: a page needs them too. */
export const PURE = {
  'engine/constants.ts': ['protocol', 'store', 'viz'],
  'ngc/completion.ts': ['protocol'],
  'ngc/lesions.ts': ['protocol'],
  'ngc/movement.ts': ['protocol'],
  'ngc/parameters.ts': ['store'],
  'ngc/recipe.ts': ['store', 'ui'],
  'ngc/steering.ts': ['protocol', 'store'],
};
