// A reader's own picture out of a PNG, JPEG or DICOM file; it never leaves the browser.
import { Unreadable, looksLikeDicom, readDicom } from "./dicom.js";

const LARGEST_FILE = 256e6,
  LARGEST_PICTURE = 50e6; // bytes, pixels
const GREY = [0.2126, 0.7152, 0.0722]; // of red, green, blue; as the library's

/** Reads a PNG, JPEG or DICOM file as grey numbers, at most `limit` on a side; throws Unreadable. */
export async function readFile(file, limit = 256) {
  if (file.size === 0) throw new Unreadable("empty");
  if (file.size > LARGEST_FILE) throw new Unreadable("tooLarge", { megabytes: Math.round(file.size / 1e6) });
  const head = new Uint8Array(await file.slice(0, 1 << 20).arrayBuffer());
  const size = pngSize(head) ?? jpegSize(head);
  let picture;
  if (size) {
    const millions = (size.rows * size.columns) / 1e6;
    if (millions * 1e6 > LARGEST_PICTURE)
      throw new Unreadable("tooManyPixels", { ...size, millions: Math.round(millions) });
    picture = await readCompressed(file, size, limit);
  } else if (looksLikeDicom(head)) {
    const whole = await readDicom(new Uint8Array(await file.arrayBuffer()));
    picture = reduce(whole, limit);
  } else throw new Unreadable("notAnImage");
  return { title: file.name, channels: 1, ...picture };
}

function pngSize(bytes) {
  const view = new DataView(bytes.buffer);
  if (bytes.length < 26 || view.getUint32(0) !== 0x89504e47 || view.getUint32(12) !== 0x49484452) return undefined;
  return { columns: view.getUint32(16), rows: view.getUint32(20), bits: bytes[24] };
}

function jpegSize(bytes) {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const view = new DataView(bytes.buffer);
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) break;
    const marker = bytes[at + 1];
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) return { rows: view.getUint16(at + 5), columns: view.getUint16(at + 7), bits: bytes[at + 4] };
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  throw new Unreadable("broken");
}

/** How many pixels on a side become one, so that no side is longer than the limit. */
const factorFor = (rows, columns, limit) => Math.ceil(Math.max(rows, columns) / limit);

const smaller = (picture, factor, was) =>
  factor === 1 ? picture.notes : [...picture.notes, { code: "reduced", values: { ...was, factor } }];

/** Means over squares of pixels; a square at the rim holds what is left. */
export function reduce(picture, limit) {
  const { rows, columns } = picture,
    factor = factorFor(rows, columns, limit);
  if (factor === 1) return picture;
  const averages = new Averages(rows, columns, factor);
  averages.add(0, picture.data);
  return { ...picture, ...averages.result(), notes: smaller(picture, factor, { rows, columns }) };
}

class Averages {
  /** @param {number} rows @param {number} columns @param {number} factor */
  constructor(rows, columns, factor) {
    this.rows = rows;
    this.columns = columns;
    this.factor = factor;
    this.OH = Math.ceil(rows / factor);
    this.OW = Math.ceil(columns / factor);
    this.sums = new Float64Array(this.OH * this.OW);
  }
  add(firstRow, strip) {
    for (let i = 0, row = firstRow; i < strip.length; row++) {
      const at = Math.floor(row / this.factor) * this.OW;
      for (let column = 0; column < this.columns; column++, i++)
        this.sums[at + Math.floor(column / this.factor)] += strip[i];
    }
  }
  result() {
    const extent = (index, size) => Math.min(this.factor, size - index * this.factor);
    const data = this.sums.map(
      (sum, i) => sum / (extent(Math.floor(i / this.OW), this.rows) * extent(i % this.OW, this.columns)),
    );
    return { rows: this.OH, columns: this.OW, data };
  }
}

/** PNG and JPEG: the browser unpacks, strip by strip, so that a large photograph needs little memory. */
async function readCompressed(file, { bits }, limit) {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Unreadable("broken");
  });
  const { width: columns, height: rows } = bitmap,
    factor = factorFor(rows, columns, limit);
  const averages = new Averages(rows, columns, factor),
    strip = Math.max(1, Math.floor(1e6 / columns));
  const canvas = Object.assign(document.createElement("canvas"), { width: columns, height: Math.min(strip, rows) });
  const context = canvas.getContext("2d", { willReadFrequently: true, alpha: false });
  const notes = isNoisy(context) ? [{ code: "noisy", values: {} }] : [];
  if (bits > 8) notes.push({ code: "eightBits", values: { bits } });
  for (let row = 0; row < rows; row += strip) {
    const height = Math.min(strip, rows - row);
    context.fillRect(0, 0, columns, height);
    context.drawImage(bitmap, 0, row, columns, height, 0, 0, columns, height);
    const { data } = context.getImageData(0, 0, columns, height),
      grey = new Float64Array(columns * height);
    for (let i = 0; i < grey.length; i++)
      grey[i] = GREY[0] * data[4 * i] + GREY[1] * data[4 * i + 1] + GREY[2] * data[4 * i + 2];
    averages.add(row, grey);
  }
  bitmap.close();
  const picture = { ...averages.result(), unit: "", window: [127.5, 255], notes };
  return { ...picture, notes: smaller(picture, factor, { rows, columns }) };
}

/** Some browsers change what is read from a canvas, to protect from recognition: a known grey tells. */
function isNoisy(context) {
  const { width, height } = context.canvas;
  context.fillStyle = "#808080";
  context.fillRect(0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  context.fillStyle = "#000";
  return data.some((value, i) => value !== (i % 4 === 3 ? 255 : 128));
}
