/** Later. */
export function ImaginingsPanel() {
  return null;
}
