import qrcode from 'qrcode-generator';
import type { SvgNode } from './lab/svg.ts';
import { svg } from './lab/svg.ts';

/** Modules on a side, at most: more are too small on a projector for a phone at the back of the room (version 20). */
const MOST_MODULES = 97;
/** The quiet zone around the code that readers need, in modules. */
const QUIET = 4;

/** Which modules of the code of a text are dark, row by row; null where the text is too long for one that can be read from afar. */
export function qrModules(text: string): readonly (readonly boolean[])[] | null {
  const code = qrcode(0, 'L');
  code.addData(text);
  try {
    code.make();
  } catch {
    return null; // longer than any code can hold
  }
  const side = code.getModuleCount();
  if (side > MOST_MODULES) return null;
  const all = Array.from({ length: side }, (_, i) => i);
  return all.map((row) => all.map((column) => code.isDark(row, column)));
}

/** The code of a text as a picture, dark on white whatever the theme: readers expect it. Null where the text is too long. */
export function qrPicture(text: string, title: string): SvgNode | null {
  const modules = qrModules(text);
  if (modules === null) return null;
  const side = modules.length + 2 * QUIET;
  let path = '';
  modules.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      let run = 1;
      while (row[x + run]) run++;
      path += `M${x + QUIET} ${y + QUIET}h${run}v1h-${run}z`;
      x += run;
    }
  });
  return svg(
    'svg',
    {
      ...{ xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${side} ${side}`, role: 'img' },
      ...{ 'aria-label': title, 'shape-rendering': 'crispEdges' },
    },
    svg('rect', { width: side, height: side, fill: '#fff' }),
    svg('path', { d: path, fill: '#000' }),
  );
}
