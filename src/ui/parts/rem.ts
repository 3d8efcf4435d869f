/** The size of one rem in CSS pixels: canvases follow the page's type. */
export const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

/** The smallest size of type, for what is written on canvases: `--size-small` of base.css in CSS pixels. */
export const smallType = () => 0.923 * rem();
