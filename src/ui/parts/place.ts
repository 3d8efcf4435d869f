/** A rectangle on the screen, in CSS pixels. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

type Size = Pick<Rectangle, 'width' | 'height'>;
type Place = Pick<Rectangle, 'left' | 'top'>;

/** Room between a note and what it is about, and between a note and the edge of its room (CSS pixels). */
const GAP = 6;

/** Whether two rectangles share any point. */
function overlap(a: Rectangle, b: Rectangle): boolean {
  const aside = a.left + a.width <= b.left || b.left + b.width <= a.left;
  return !(aside || a.top + a.height <= b.top || b.top + b.height <= a.top);
}

/**
 * Where a note about something stands: under it, else over it, else beside it; inside its room, never on what it is about, and not on
 * what else should be seen meanwhile, as long as there is a place like that.
 *
 * @param about what the note is about
 * @param note how large the note is
 * @param room where it may stand
 * @param keep what should be seen beside it
 * @returns left and top edge of the note (CSS pixels)
 */
export function placeNote(
  about: Rectangle,
  note: Size,
  room: Rectangle,
  keep: readonly Rectangle[] = [],
): Place {
  const within = (at: number, size: number, from: number, whole: number) =>
    Math.max(from + GAP, Math.min(at, from + whole - size - GAP));
  const middle = about.left + about.width / 2 - note.width / 2;
  const left = within(middle, note.width, room.left, room.width);
  const height = about.top + about.height / 2 - note.height / 2;
  const top = within(height, note.height, room.top, room.height);
  const beside = about.left - note.width - GAP;
  const places: readonly Place[] = [
    { left, top: about.top + about.height + GAP },
    { left, top: about.top - note.height - GAP },
    { left: about.left + about.width + GAP, top },
    { left: beside, top },
  ];
  const inside = places.filter(
    (at) =>
      at.left >= room.left &&
      at.top >= room.top &&
      at.left + note.width <= room.left + room.width &&
      at.top + note.height <= room.top + room.height,
  );
  const free = inside.find((at) => !keep.some((one) => overlap({ ...at, ...note }, one)));
  return free ?? inside[0] ?? { left: Math.max(room.left + GAP, beside), top };
}
