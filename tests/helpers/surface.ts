import type { Surface } from '../../src/viz/canvas.ts';

/** A rectangle or line that a painter left, in the order painted. */
export interface Mark {
  readonly kind: 'fill' | 'stroke' | 'text';
  readonly colour: string;
  readonly alpha: number;
  readonly line: number;
  readonly dashed: boolean;
  /** Rectangle [x, y, width, height] of fillRect and strokeRect; null for paths. */
  readonly box: readonly [number, number, number, number] | null;
  readonly points: readonly (readonly [number, number])[];
  readonly text: string;
}

/** A canvas that remembers what is painted: `at` tells the colour of a pixel as far as filled rectangles cover it. */
export function fakeSurface(width: number, height: number) {
  const marks: Mark[] = [];
  let points: [number, number][] = [];
  let dash: number[] = [];
  const context = {
    fillStyle: '',
    strokeStyle: '',
    globalAlpha: 1,
    lineWidth: 1,
    lineJoin: 'miter',
    font: '',
    textAlign: 'left',
    textBaseline: 'top',
    setLineDash: (next: number[]) => void (dash = next),
    beginPath: () => void (points = []),
    moveTo: (x: number, y: number) => void points.push([x, y]),
    closePath: () => {},
    lineTo: (x: number, y: number) => void points.push([x, y]),
    arc: (x: number, y: number) => void points.push([x, y]),
    roundRect: (x: number, y: number) => void points.push([x, y]),
    measureText: (text: string) => ({ width: text.length * 6 }),
    fillRect: (...box: [number, number, number, number]) =>
      add('fill', context.fillStyle, box, [], ''),
    strokeRect: (...box: [number, number, number, number]) =>
      add('stroke', context.strokeStyle, box, [], ''),
    fill: () => add('fill', context.fillStyle, null, points, ''),
    stroke: () => add('stroke', context.strokeStyle, null, points, ''),
    fillText: (text: string, x: number, y: number) =>
      add('text', context.fillStyle, null, [[x, y]], text),
  };
  const add = (
    kind: Mark['kind'],
    colour: string,
    box: Mark['box'],
    path: readonly (readonly [number, number])[],
    text: string,
  ) =>
    void marks.push({
      kind,
      colour,
      alpha: context.globalAlpha,
      line: context.lineWidth,
      dashed: dash.length > 0,
      box,
      points: [...path],
      text,
    });
  return {
    surface: { context, width, height, ratio: 1 } as unknown as Surface,
    marks,
    at(x: number, y: number): string | undefined {
      return marks.findLast(
        ({ kind, box }) =>
          kind === 'fill' &&
          box !== null &&
          x >= box[0] &&
          y >= box[1] &&
          x < box[0] + box[2] &&
          y < box[1] + box[3],
      )?.colour;
    },
  };
}
