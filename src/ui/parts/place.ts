/** A rectangle on the screen, in CSS pixels. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

type Size = Pick<Rectangle, 'width' | 'height'>;

/** Room between a note and what it is about, and between a note and the edge of the window (CSS pixels). */
const GAP = 6;

/**
 * Where a note about something stands: under it, else over it, else beside it; inside the window, and never on what it is about unless
 * there is no room anywhere.
 *
 * @param about what the note is about
 * @param note how large the note is
 * @param room the window
 * @returns left and top edge of the note (CSS pixels)
 */
export function placeNote(
  about: Rectangle,
  note: Size,
  room: Size,
): Pick<Rectangle, 'left' | 'top'> {
  const within = (at: number, size: number, whole: number) =>
    Math.max(GAP, Math.min(at, whole - size - GAP));
  const left = within(about.left + about.width / 2 - note.width / 2, note.width, room.width);
  const under = about.top + about.height + GAP;
  if (under + note.height + GAP <= room.height) return { left, top: under };
  const over = about.top - note.height - GAP;
  if (over >= GAP) return { left, top: over };
  const top = within(about.top + about.height / 2 - note.height / 2, note.height, room.height);
  const right = about.left + about.width + GAP;
  if (right + note.width + GAP <= room.width) return { left: right, top };
  return { left: Math.max(GAP, about.left - note.width - GAP), top };
}
