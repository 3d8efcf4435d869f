/** The size of one rem in CSS pixels: canvases follow the page's type. */
export const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
