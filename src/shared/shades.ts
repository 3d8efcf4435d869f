/** What a model sees of a picture: every pixel on or off, or how dark it is. */
export type Shades = 'binary' | 'grey';
