// The pictures that come with the page.
// A picture is { title, unit, rows, columns, channels, data, window: [centre, width], notes }.

const KINDS = {
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
};

const loaded = new Map();

/** The named picture of an `images` trait, decoded once; its numbers stand in the page or in a script beside it.
 * @param {PictureEntry} entry @returns {Promise<Picture>}
 */
export function loadImage(entry) {
  const key = entry.hash ?? entry.data;
  if (!loaded.has(key)) {
    const picture = decode(entry);
    loaded.set(key, picture);
    picture.catch(() => loaded.delete(key)); // a next try may succeed
  }
  return loaded.get(key);
}

async function decode(entry) {
  const text = entry.data ?? (await fetchScript(entry));
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const numbers = new KINDS[entry.dtype](await new Response(stream).arrayBuffer());
  const [rows, columns, channels = 1] = entry.shape;
  return { ...entry, rows, columns, channels, data: Float64Array.from(numbers), notes: [] };
}

function fetchScript({ src, hash }) {
  const { pictures } = globalThis.marubatsu;
  if (pictures.has(hash)) return pictures.get(hash);
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = () => (pictures.has(hash) ? resolve(pictures.get(hash)) : reject(new Error(src)));
    script.onerror = () => reject(new Error(src));
    document.head.append(script);
  });
}

/** The smallest and the largest number. @param {Iterable<number>} data @returns {[low: number, high: number]} */
export function extremes(data) {
  let low = Infinity,
    high = -Infinity;
  for (const value of data) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
