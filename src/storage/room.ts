/** Bytes that this page has stored, and that the browser allows it in all; null where it does not say. */
export interface Room {
  readonly used: number;
  readonly quota: number;
}

export async function storageRoom(): Promise<Room | null> {
  try {
    const { usage, quota } = await navigator.storage.estimate();
    return usage === undefined || quota === undefined ? null : { used: usage, quota };
  } catch {
    return null; // Not everywhere does a browser tell.
  }
}
