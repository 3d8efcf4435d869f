import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

/*
 * Style sheets and the components that use them, read as text: TypeScript takes any name of a CSS module for a class.
 */
const UI = join(import.meta.dirname, '../../src/ui');
const read = (path: string) => readFileSync(join(UI, path), 'utf8');
const FILES = readdirSync(UI, { recursive: true, encoding: 'utf8' });
const find = (ending: string) => FILES.filter((path) => path.endsWith(ending)).sort();
const SHEETS = find('.module.css');
const COMPONENTS = find('.tsx');

/** The classes a style sheet has rules for. */
function defined(sheet: string): Set<string> {
  const text = read(sheet).replace(/\/\*[^]*?\*\//g, '');
  const selectors = [...text.matchAll(/([^{};]+)\{/g)].map(([, selector]) => selector ?? '');
  return new Set(
    selectors.flatMap((selector) => [...selector.matchAll(/\.([a-z]\w*)/gi)].map(([, c]) => c!)),
  );
}

interface Use {
  /** Classes taken by name: `styles.head`. */
  readonly named: string[];
  /** Whether one is looked up: `flows[kind]`. */
  readonly looked: boolean;
}

/** What a component takes of each style sheet it imports. */
function uses(component: string): Map<string, Use> {
  const text = read(component);
  const imports = [...text.matchAll(/import (\w+) from '(\.[^']*\.module\.css)'/g)];
  return new Map(
    imports.map(([, name, path]) => {
      const code = text.replace(/^import .*$/gm, '');
      const named = [...code.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))].map(([, c]) => c!);
      const looked = code.includes(`${name}[`);
      return [normalize(join(dirname(component), path!)), { named, looked }];
    }),
  );
}

const USES = COMPONENTS.map((component) => [component, uses(component)] as const);
const usesOf = (sheet: string) => USES.flatMap(([, sheets]) => sheets.get(sheet) ?? []);

describe('style sheets', () => {
  test('there are some', () => expect(SHEETS.length).toBeGreaterThan(40));

  // Where classes are looked up, the sheet is taken as a whole.
  test.each(SHEETS.filter((sheet) => !usesOf(sheet).some(({ looked }) => looked)))(
    '%s: every class is used',
    (sheet) => {
      const taken = usesOf(sheet).flatMap(({ named }) => named);
      expect([...defined(sheet)].filter((name) => !taken.includes(name))).toEqual([]);
    },
  );

  test.each(USES.filter(([, sheets]) => sheets.size > 0))(
    '%s: takes only classes that exist, and its own sheet last',
    (component, sheets) => {
      for (const [sheet, { named, looked }] of sheets) {
        const known = defined(sheet);
        expect(named.filter((name) => !known.has(name))).toEqual([]);
        expect(looked || named.length > 0).toBe(true);
      }
      // What a component says about itself comes after what it takes from others: of equal rules the later one wins.
      const imports = [...read(component).matchAll(/^import [^;]*'([^']*)';$/gm)].map(([, p]) => p);
      const own = imports.indexOf(`./${basename(component, '.tsx')}.module.css`);
      expect([-1, imports.length - 1]).toContain(own);
    },
  );
});
