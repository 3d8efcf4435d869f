import type { Pointed } from '../../store/state.ts';
import { subscript } from './format.ts';
import type { symbols } from './words.ts';

type SymbolName = keyof typeof symbols;

/** A piece of an equation: a symbol that is explained, with what it stands for on the stage, or what stands between symbols. */
export interface FormulaPart {
  readonly text: string;
  readonly symbol: SymbolName | null;
  readonly points: readonly Pointed[];
}

/** An index below the line, `_x` or `_{xy}`; a quantity in general has none. */
const INDEX = String.raw`(?:_(?:\{[^}]*\}|.))?`;

/** How each symbol is written; the first that fits is taken. */
const WRITTEN: readonly (readonly [symbol: SymbolName, pattern: string])[] = [
  ['sign', 'sign'],
  ['nats', 'nats'],
  ['slope', String.raw`φ′(?:\(z${INDEX}\))?`],
  ['activity', String.raw`φ\(z${INDEX}\)`],
  ['weightChange', `Δ[WME]${INDEX}`],
  ['errorRate', 'λ_E'],
  ['transposed', String.raw`W${INDEX}(?:\^T|ᵀ)`],
  ['generative', `W${INDEX}`],
  ['auxiliary', `M${INDEX}`],
  ['errorSynapses', `E${INDEX}`],
  ['lateral', `V${INDEX}`],
  ['precision', String.raw`Σ${INDEX}(?:\^\{−1\}|⁻¹)`],
  ['covariance', `Σ${INDEX}`],
  ['sparsity', `ρ${INDEX}`],
  ['discrepancy', 'ψ'],
  ['energy', `‖e${INDEX}‖²`],
  ['error', `e${INDEX}`],
  ['prediction', `μ${INDEX}`],
  ['state', `z${INDEX}`],
  ['input', 'x'],
  ['lambda', 'λ'],
  ['beta', 'β'],
  ['gamma', 'γ'],
  ['change', 'd'],
  ['activation', String.raw`g(?=\()`],
];
const TOKENS = new RegExp(WRITTEN.map(([, pattern]) => `(${pattern})`).join('|'), 'gu');

/** Which layer an index names: a number names one, a letter every layer. */
function layerOf(text: string): number | null {
  const index = /_\{?(\d+)\}?/.exec(text)?.[1];
  return index === undefined ? null : Number(index);
}

/** What a symbol of layer `l` stands for on the stage; arrows are named by the layer that sends. */
export function pointsOf(symbol: SymbolName, l: number | null): readonly Pointed[] {
  switch (symbol) {
    case 'input':
      return [{ what: 'states', layer: 0 }];
    case 'state':
    case 'activity':
    case 'slope':
    case 'sparsity':
      return [{ what: 'states', layer: l }];
    case 'prediction':
      return [{ what: 'predictions', layer: l }];
    case 'error':
    case 'energy':
    case 'precision':
    case 'covariance':
      return [{ what: 'errors', layer: l }];
    case 'generative':
    case 'weightChange':
      return [{ what: 'down', layer: l }];
    case 'auxiliary':
      return [{ what: 'skip', layer: l }];
    // The synapses of layer l carry up what the layer below it sends.
    case 'transposed':
    case 'errorSynapses':
      return [{ what: 'up', layer: l === null ? null : l - 1 }];
    case 'lateral':
      return [{ what: 'side', layer: l }];
    default:
      return [];
  }
}

/** Takes an equation apart into the symbols that are explained, and what stands between them. */
export function formulaParts(formula: string): FormulaPart[] {
  const parts: FormulaPart[] = [];
  const plain = (text: string) => {
    if (text !== '') parts.push({ text, symbol: null, points: [] });
  };
  let done = 0;
  for (const match of formula.matchAll(TOKENS)) {
    plain(formula.slice(done, match.index));
    const [text, ...found] = match;
    const symbol = WRITTEN[found.findIndex((one) => one !== undefined)]?.[0] ?? null;
    parts.push({ text, symbol, points: symbol === null ? [] : pointsOf(symbol, layerOf(text)) });
    done = match.index + text.length;
  }
  plain(formula.slice(done));
  return parts;
}

/** Words with equations between backticks: what stands between the equations, and the equations, in turns. */
export const wordsAndFormulas = (text: string): string[] => text.split('`');

/** The same as plain text, for names that nobody can point into: indices as small digits, no backticks. */
export function plainText(text: string): string {
  return text.replace(/_(\d)/g, (_, digit: string) => subscript(Number(digit))).replaceAll('`', '');
}
