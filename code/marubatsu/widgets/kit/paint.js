// Numbers become pixels: grey through a display window, or two colours around zero that colour-blind readers tell
// apart. A medical picture looks the same in light and in dark mode.

const GREY = Uint32Array.from({ length: 256 }, (_, i) => pack(i, i, i));
// Black at zero; blue below, orange above, equally bright at equal distance.
const BELOW = [
  [0, 13, 16, 20],
  [0.5, 24, 98, 178],
  [1, 150, 208, 255],
];
const ABOVE = [
  [0, 13, 16, 20],
  [0.5, 176, 84, 8],
  [1, 255, 200, 128],
];
const SIGNED = Uint32Array.from({ length: 511 }, (_, i) =>
  pack(...blend(i < 255 ? BELOW : ABOVE, Math.abs(i - 255) / 255)),
);

function pack(red, green, blue) {
  return (255 << 24) | (blue << 16) | (green << 8) | red; // typed arrays are little-endian on every browser's machine
}

function blend(stops, share) {
  const next = stops.findIndex(([place]) => place >= share),
    [to, ...b] = stops[Math.max(next, 1)];
  const [from, ...a] = stops[Math.max(next, 1) - 1],
    part = (share - from) / (to - from);
  return a.map((value, i) => Math.round(value + part * (b[i] - value)));
}

const buffers = new WeakMap();

function pixelsOf(canvas, rows, columns) {
  let buffer = buffers.get(canvas);
  if (!buffer || buffer.image.width !== columns || buffer.image.height !== rows) {
    Object.assign(canvas, { width: columns, height: rows });
    const image = new ImageData(columns, rows);
    buffer = { image, pixels: new Uint32Array(image.data.buffer), context: canvas.getContext("2d") };
    buffers.set(canvas, buffer);
  }
  return buffer;
}

function paint(canvas, rows, columns, data, table, scale, shift) {
  const { image, pixels, context } = pixelsOf(canvas, rows, columns),
    last = table.length - 1;
  for (let i = 0; i < pixels.length; i++) {
    const place = data[i] * scale + shift;
    pixels[i] = table[place > 0 ? (place < last ? place | 0 : last) : 0];
  }
  context.putImageData(image, 0, 0);
}

/** Grey values through a window [centre, width]; a negative width shows low values bright.
 * @param {HTMLCanvasElement} canvas @param {Plane} plane @param {number[]} window
 */
export function paintGrey(canvas, { rows, columns, data }, [centre, width]) {
  const scale = 255 / (width || 1e-9);
  paint(canvas, rows, columns, data, GREY, scale, 128 - centre * scale);
}

/** Red, green and blue from 0 to 255, three numbers a pixel, as they are.
 * @param {HTMLCanvasElement} canvas @param {Plane} plane
 */
export function paintColours(canvas, { rows, columns, data }) {
  const { image, context } = pixelsOf(canvas, rows, columns);
  for (let i = 0; i < rows * columns; i++) image.data.set([data[3 * i], data[3 * i + 1], data[3 * i + 2], 255], 4 * i);
  context.putImageData(image, 0, 0);
}

/** The colour, black or white, in which a number stands out more on red, green and blue (WCAG 2.2, contrast). */
export function inkOn(colour) {
  const [red, green, blue] = colour.map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000" : "#fff"; // there both stand out alike
}

/** Signed values: −limit blue, 0 black, +limit orange.
 * @param {HTMLCanvasElement} canvas @param {Plane} plane @param {number} limit
 */
export function paintSigned(canvas, { rows, columns, data }, limit) {
  paint(canvas, rows, columns, data, SIGNED, 255 / (limit || 1), 255.5);
}

/** The magnitude that all but a few in a hundred values stay below, so that one bright pixel does not darken the rest.
 * @param {ArrayLike<number>} data @param {number} [share]
 */
export function reach(data, share = 0.995) {
  let largest = 0;
  for (let i = 0; i < data.length; i++) {
    const size = data[i] < 0 ? -data[i] : data[i];
    if (size > largest) largest = size;
  }
  if (!(largest > 0)) return 1;
  const bins = new Uint32Array(256),
    scale = 255 / largest;
  for (let i = 0; i < data.length; i++) bins[((data[i] < 0 ? -data[i] : data[i]) * scale) | 0]++;
  let bin = 0;
  for (let seen = bins[0]; seen < share * data.length;) seen += bins[++bin];
  return ((bin + 1) / 256) * largest;
}
