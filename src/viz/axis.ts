/** Where a plot lies in its canvas, in CSS pixels. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** An axis: which values have a line across the plot, and which are written beside it. */
export interface Axis {
  readonly side: 'left' | 'bottom';
  /** Where a value lies in the canvas, in CSS pixels. */
  scale(value: number): number;
  readonly lines?: readonly number[];
  readonly ticks?: readonly number[];
  format?(tick: number): string;
  /** From the plot to the text. */
  readonly gap?: number;
  /** Moves or aligns the text of a tick that lies at `at`, where it would not fit; else it stands in the middle of its tick. */
  place?(at: number, tick: number): { readonly at?: number; readonly align?: CanvasTextAlign };
}

export interface AxisStyle {
  readonly line: string;
  /** The colour of the text; without ticks there is none. */
  readonly soft?: string;
}

/** Paints the lines and the text of an axis, in the font the canvas has. */
export function paintAxis(
  context: CanvasRenderingContext2D,
  { left, right, top, bottom }: PlotArea,
  axis: Axis,
  { line, soft = line }: AxisStyle,
): void {
  const { side, lines = [], ticks = [], gap = 4 } = axis;
  const beside = side === 'left';
  context.fillStyle = line;
  for (const value of lines) {
    const at = Math.round(axis.scale(value));
    if (beside) context.fillRect(left, at, right - left, 1);
    else context.fillRect(at, top, 1, bottom - top);
  }
  context.fillStyle = soft;
  context.textBaseline = beside ? 'middle' : 'top';
  for (const tick of ticks) {
    const middle = axis.scale(tick);
    const { at = middle, align = beside ? 'right' : 'center' } = axis.place?.(middle, tick) ?? {};
    context.textAlign = align;
    const text = axis.format?.(tick) ?? String(tick);
    if (beside) context.fillText(text, left - gap, at);
    else context.fillText(text, at, bottom + gap);
  }
}
