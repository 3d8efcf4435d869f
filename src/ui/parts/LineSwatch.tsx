interface LineSwatchProps {
  colour: string;
  dash: readonly number[];
  width: number;
}

/** How a line of a plot looks, for its legend. */
export function LineSwatch({ colour, dash, width }: LineSwatchProps) {
  return (
    <svg width="18" height="6" aria-hidden="true">
      <line
        x1="0"
        x2="18"
        y1="3"
        y2="3"
        stroke={colour}
        strokeWidth={width}
        strokeDasharray={dash.join(' ')}
      />
    </svg>
  );
}
