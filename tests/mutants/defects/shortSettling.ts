import type { Defect } from '../defect.ts';

const ENGINE = ['tests/ngc/learnSteps.test.ts'];
const PAGE = ['tests/worker/learnSteps.test.ts'];
const RECIPES = ['tests/runtime/recipes.test.ts'];

/** Learning from few settling steps and reading after many; the recipes that say so. */
export const defects: readonly Defect[] = [
  {
    name: 'a T of learning is not heeded',
    file: 'src/ngc/config/episodes.ts',
    find: 'learnSteps === 0 ? steps : learnSteps',
    replace: 'steps',
    tests: ENGINE,
  },
  {
    name: 'a network without a T of learning learns from no steps',
    file: 'src/ngc/config/episodes.ts',
    find: 'learnSteps === 0 ? steps : learnSteps',
    replace: 'learnSteps',
    tests: ENGINE,
  },
  {
    name: 'a batch of the page settles as long as a drawing',
    file: 'src/worker/trainingDriver.ts',
    find: 'return stepsToLearn(this.networks.current.model.config);',
    replace: 'return this.networks.current.model.config.steps;',
    tests: PAGE,
  },
  {
    name: 'a prior is of codes as they are read, not as they were learnt from',
    file: 'src/lab/priors.ts',
    find: "asLearnt: purpose === 'prior'",
    replace: 'asLearnt: false',
    tests: ['tests/lab/codes.test.ts'],
  },
  {
    name: 'an address with T alone leaves learning as the recipe has it',
    file: 'src/store/urlState.ts',
    find: "if (overrides['steps'] !== undefined) overrides['learnSteps'] ??= 0;",
    replace: '',
    tests: ['tests/store/urlState.test.ts'],
  },
  {
    name: 'a T chosen on the page says nothing of learning',
    file: 'src/store/actions/network.ts',
    find: "key === 'steps' && learnSteps !== undefined && { learnSteps }",
    replace: '{}',
    tests: ['tests/store/address.test.ts'],
  },
  {
    name: 'the page reckons with the T of reading when it chooses the size of a network',
    file: 'src/runtime/recipes.ts',
    find: "stepsToLearn(pageConfig('gncn-pdh'))",
    replace: "pageConfig('gncn-pdh').steps",
    tests: RECIPES,
  },
  {
    name: 'the paper’s recipe is the quick one',
    file: 'src/runtime/recipes.ts',
    find: "recipe === 'paper' ? {} : QUICK[variant]",
    replace: 'QUICK[variant]',
    tests: RECIPES,
  },
  {
    name: 'a recipe changes the size of a network',
    file: 'src/store/recipes.ts',
    find: '!SIZE.includes(key) && ',
    replace: '',
    tests: ['tests/store/recipes.test.ts'],
  },
];
