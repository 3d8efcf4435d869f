/* The words around the drawing. */

export const drawing = {
  heading: 'Your digit',
  canvas: 'Drawing canvas',
  picture: 'Digit and completion',
  tools: 'Tool',
  draw: 'Draw',
  erase: 'Erase',
  occlude: 'Occlude',
  brush: 'Brush size',
  clear: 'Clear',
  undo: 'Undo',
  example: 'Example digit',
  imagineAgain: 'Imagine again',
  imagineHint:
    'From other samples of what the network has learnt, it finds other wholes that fit what is seen',
  showTruth: 'Show truth',
  noTruth: 'Nothing is drawn where it is hidden, so there is no truth to show.',
  seen: 'seen',
  imagined: 'imagined',
  hiddenHalf: 'hidden',
  truth: 'hidden, as drawn',
  empty: 'Draw a digit here,\nor take an example',
  emptyPad: 'Draw here',
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
    draw: 'Draw with mouse, pen or finger.',
    erase: 'Rub out parts of the drawing.',
    occlude: 'Paint what the network may not see. Start on a hidden spot to uncover.',
  },
} as const;

export const sentences = {
  blank: 'Draw half a digit. It imagines the rest.',
  whole: 'It sees the whole digit, and explains it.',
  hidden: {
    right: 'It sees the left half. It imagines the rest.',
    left: 'It sees the right half. It imagines the rest.',
    top: 'It sees the lower half. It imagines the rest.',
    bottom: 'It sees the upper half. It imagines the rest.',
    centre: 'It sees the rim. It imagines the centre.',
    random: 'It sees some of the pixels. It imagines the others.',
    brush: 'It sees a part. It imagines the rest.',
  },
  tryDrawing: 'Try: draw the left half of a 4, or take an example.',
  tryHiding: 'Try: hide a half of it, or take another example.',
  tryAgain: 'Try: imagine again, hide another part, or draw your own.',
  tryFinishing: 'Try: imagine again. The same half can become another digit.',
} as const;

export const live = {
  label: 'Live',
  on: 'It watches every stroke, and never begins anew.',
  off: 'Each change starts a new episode.',
} as const;

export const adding = {
  add: 'Add to my drawings',
  what: 'What is it?',
  word: 'A word of your own',
  take: 'Add',
  clears: 'Then clear the canvas',
} as const;
