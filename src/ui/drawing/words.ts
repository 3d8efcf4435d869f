/* The words around the drawing. */

export const drawing = {
  heading: 'Your digit',
  canvas: 'Drawing canvas',
  tools: 'Tool',
  draw: 'Draw',
  erase: 'Erase',
  occlude: 'Occlude',
  brush: 'Brush size',
  clear: 'Clear',
  undo: 'Undo',
  example: 'Example digit',
  empty: 'Draw a digit here,\nor take an example',
  occlusion: 'Occlusion',
  occlusions: {
    none: 'None',
    right: 'Right half',
    left: 'Left half',
    top: 'Top half',
    bottom: 'Bottom half',
    centre: 'Centre',
    random: 'Random pixels',
    brush: 'By brush',
  },
  hints: {
    erase: 'Rub out parts of the drawing.',
    occlude: 'Paint what the network may not see. Start on a hidden spot to uncover.',
  },
} as const;

export const live = {
  label: 'Live',
  on: 'It watches every stroke.',
  off: 'Each change starts a new episode.',
} as const;
