/* The words around other ways to go on. */

const NUMERALS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];

export const imaginings = {
  heading: (count: number) =>
    count === 1 ? 'One way to go on' : `${NUMERALS[count] ?? String(count)} ways to go on`,
  how: 'best fit first; press to see neurons',
  stale: 'These were of another picture, or another network.',
  busy: 'Imagining …',
  none: 'Hide a part of the picture, and the network imagines ways to go on.',
  blank: 'The canvas is empty: draw something, or take an example.',
  ready: 'Press “Imagine again”: the same half can become another digit.',
  one: (place: number, nats: string) =>
    `Imagining ${place}: surprised by what is seen by ${nats} nats`,
  mean: 'their mean',
  meanTitle: (drawn: number) =>
    `The mean of all ${drawn}, each weighted by how well it fits what is seen.`,
  spread: 'where they differ',
  spreadTitle: (drawn: number) =>
    `The standard deviation of all ${drawn}, pixel by pixel: what the network leaves open.`,
  back: 'Back to the first completion',
} as const;
