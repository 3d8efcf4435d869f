export const save = {
  save: 'Save',
  label: (what: string) => `Save ${what}`,
  menu: (what: string) => `${what}, as`,
  png: 'PNG',
  pngHint: 'pixels, twice as fine as on screen',
  svg: 'SVG',
  svgHint: 'lines and text, for print',
  copy: 'Copy',
  copyHint: 'to paste it elsewhere',
} as const;
