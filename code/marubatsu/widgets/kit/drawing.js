// The reader's drawing: 32 × 32 pixels, black or white, kept as the same short word as in drawing.py.

export const SIDE = 32;

/** The pixels (0 or 1, row after row) that a word stands for; an empty drawing for anything else.
 * @param {string} word
 */
export function decode(word) {
  const pixels = new Float64Array(SIDE * SIDE);
  let bytes = "";
  try {
    bytes = atob(word.replace(/-/g, "+").replace(/_/g, "/"));
  } catch {
    // not such a word: nothing is drawn
  }
  if (bytes.length * 8 === pixels.length)
    for (let i = 0; i < pixels.length; i++) pixels[i] = (bytes.charCodeAt(i >> 3) >> (7 - (i & 7))) & 1;
  return pixels;
}

/** The word for a drawing. @param {Float64Array} pixels */
export function encode(pixels) {
  const bytes = new Uint8Array(pixels.length / 8);
  pixels.forEach((pixel, i) => (bytes[i >> 3] |= (pixel > 0.5 ? 1 : 0) << (7 - (i & 7))));
  if (!bytes.some(Boolean)) return "";
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
}

/** The drawing after a stroke of a round pen from one pixel to another.
 * @param {ArrayLike<number>} pixels @param {number[]} from @param {number[]} to @param {number} value
 * @param {number} [radius]
 */
export function stroke(pixels, [fromRow, fromColumn], [toRow, toColumn], value, radius = 1.2) {
  const drawn = Float64Array.from(pixels);
  const steps = Math.max(1, Math.ceil(2 * Math.hypot(toRow - fromRow, toColumn - fromColumn)));
  for (let step = 0; step <= steps; step++) {
    const row = fromRow + ((toRow - fromRow) * step) / steps,
      column = fromColumn + ((toColumn - fromColumn) * step) / steps;
    for (let r = Math.max(0, Math.ceil(row - radius)); r <= Math.min(SIDE - 1, row + radius); r++)
      for (let c = Math.max(0, Math.ceil(column - radius)); c <= Math.min(SIDE - 1, column + radius); c++)
        if (Math.hypot(r - row, c - column) <= radius) drawn[r * SIDE + c] = value;
  }
  return drawn;
}
