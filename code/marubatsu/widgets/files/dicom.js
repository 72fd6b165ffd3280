// Reads one grey picture out of a DICOM file, in the browser, with the numbers that the scanner meant (HU for CT).
// Uncompressed pixels in any byte order, deflated files too; what cannot be read is said with a reason, never guessed.
import { extremes } from "../kit/images.js";

/** @typedef {{ tag: number, vr: string, length: number, start: number }} Element */

/** A file that cannot be read; `code` names the sentence, `values` fill it. */
export class Unreadable extends Error {
  /** @param {string} code @param {Values} [values] */
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

const EXPLICIT = "1.2.840.10008.1.2.1",
  IMPLICIT = "1.2.840.10008.1.2";
const DEFLATED = "1.2.840.10008.1.2.1.99",
  BIG_ENDIAN = "1.2.840.10008.1.2.2";
const COMPRESSED = [
  ["1.2.840.10008.1.2.5", "RLE"],
  ["1.2.840.10008.1.2.4.20", "High-Throughput JPEG 2000"],
  ["1.2.840.10008.1.2.4.8", "JPEG-LS"],
  ["1.2.840.10008.1.2.4.9", "JPEG 2000"],
  ["1.2.840.10008.1.2.4.10", "MPEG"],
  ["1.2.840.10008.1.2.4", "JPEG"],
];
const LONG = ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"];
const UNDEFINED = 0xffffffff,
  ITEM = 0xfffee000,
  ITEM_END = 0xfffee00d,
  SEQUENCE_END = 0xfffee0dd;
const SAMPLES = 0x00280002,
  PHOTOMETRIC = 0x00280004,
  PLANAR = 0x00280006,
  FRAMES = 0x00280008,
  ROWS = 0x00280010;
const COLUMNS = 0x00280011,
  ALLOCATED = 0x00280100,
  STORED = 0x00280101,
  HIGH_BIT = 0x00280102,
  SIGNED = 0x00280103;
const CENTRE = 0x00281050,
  WIDTH = 0x00281051,
  INTERCEPT = 0x00281052,
  SLOPE = 0x00281053,
  RESCALE_TYPE = 0x00281054;
const SYNTAX = 0x00020010,
  MODALITY = 0x00080060,
  PIXELS = 0x7fe00010;
const PER_FRAME = [CENTRE, WIDTH, INTERCEPT, SLOPE, RESCALE_TYPE]; // may stand inside the groups of single frames

/** Whether the bytes look like DICOM: the letters DICM, or a first element of group 2 or 8 in either byte order. */
export function looksLikeDicom(bytes) {
  if (bytes.length > 132 && String.fromCharCode(...bytes.subarray(128, 132)) === "DICM") return true;
  const [a, b, c, d] = bytes;
  return (
    bytes.length > 8 && ((b === 0 && (a === 2 || a === 8) && d === 0) || (a === 0 && (b === 2 || b === 8) && c === 0))
  );
}

/** Goes through the elements of a data set and keeps where each one's value lies. */
class Reader {
  /** @param {Uint8Array} bytes @param {{ explicit?: boolean, little?: boolean }} [order] */
  constructor(bytes, { explicit = true, little = true } = {}) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.explicit = explicit;
    this.little = little;
    this.found = /** @type {Map<number, Element>} */ (new Map());
    this.nested = /** @type {Map<number, Element[]>} */ (new Map());
  }
  u16(at) {
    if (at + 2 > this.bytes.length) throw new Unreadable("truncated");
    return this.view.getUint16(at, this.little);
  }
  u32(at) {
    if (at + 4 > this.bytes.length) throw new Unreadable("truncated");
    return this.view.getUint32(at, this.little);
  }
  tag(at) {
    return this.u16(at) * 0x10000 + this.u16(at + 2);
  }
  element(at) {
    const tag = this.tag(at);
    if (tag >= ITEM && tag <= SEQUENCE_END) return { tag, vr: "", start: at + 8, length: this.u32(at + 4) };
    const vr = this.explicit ? String.fromCharCode(this.bytes[at + 4], this.bytes[at + 5]) : "";
    if (!this.explicit || !/^[A-Z]{2}$/.test(vr)) return { tag, vr: "", start: at + 8, length: this.u32(at + 4) };
    if (LONG.includes(vr)) return { tag, vr, start: at + 12, length: this.u32(at + 8) };
    return { tag, vr, start: at + 8, length: this.u16(at + 6) };
  }
  /** Read elements from `at` until `stop` says so; the place where it stopped. */
  elements(at, stop, depth = 0) {
    while (at + 8 <= this.bytes.length) {
      const element = this.element(at);
      if (stop(element, at)) return at;
      if (depth > 32) throw new Unreadable("truncated");
      if (depth === 0) this.found.set(element.tag, element);
      else if (PER_FRAME.includes(element.tag))
        this.nested.set(element.tag, [...(this.nested.get(element.tag) ?? []), element]);
      if (element.tag === PIXELS && depth === 0) return at; // nothing that follows the pixels is needed
      const sequence = element.vr === "SQ" || (element.length === UNDEFINED && element.tag !== PIXELS);
      if (sequence) at = this.items(element, depth + 1);
      else at = element.start + element.length;
    }
    return at;
  }
  items({ start, length }, depth) {
    const end = length === UNDEFINED ? Infinity : start + length;
    let at = start;
    while (at < end && at + 8 <= this.bytes.length) {
      const item = this.element(at);
      if (item.tag === SEQUENCE_END) return item.start;
      if (item.tag !== ITEM) throw new Unreadable("truncated");
      const itemEnd = item.length === UNDEFINED ? Infinity : item.start + item.length;
      at = this.elements(item.start, ({ tag }, here) => tag === ITEM_END || here >= itemEnd, depth);
      if (itemEnd === Infinity) at += 8; // the end mark itself
    }
    return at;
  }
  text(element) {
    const { start, length } = element;
    return new TextDecoder("latin1")
      .decode(this.bytes.subarray(start, start + length))
      .replace(/[\0\s]+$/, "")
      .trim();
  }
  word(tag) {
    return this.found.has(tag) ? this.text(this.found.get(tag)) : "";
  }
  whole(tag, otherwise) {
    return this.found.has(tag) && this.found.get(tag).length >= 2 ? this.u16(this.found.get(tag).start) : otherwise;
  }
  /** The first number of a decimal string; of the frame's own, where each frame has one. */
  decimal(tag, frame, frames) {
    const own = this.nested.get(tag) ?? [];
    const element = this.found.get(tag) ?? own[own.length === frames ? frame : 0];
    const number = element ? Number.parseFloat(this.text(element)) : NaN;
    return Number.isFinite(number) ? number : undefined;
  }
}

async function open(bytes) {
  const marked = String.fromCharCode(...bytes.subarray(128, 132)) === "DICM";
  let at = marked ? 132 : 0,
    syntax = "";
  if (marked || (bytes[0] === 2 && bytes[1] === 0)) {
    const meta = new Reader(bytes);
    at = meta.elements(at, ({ tag }) => tag >= 0x00030000);
    syntax = meta.word(SYNTAX);
  }
  const lettered = /^[A-Z]{2}$/.test(String.fromCharCode(bytes[at + 4], bytes[at + 5]));
  const big = syntax === BIG_ENDIAN || (syntax === "" && bytes[at] === 0 && bytes[at + 1] !== 0);
  const [, compression] = COMPRESSED.find(([start]) => syntax.startsWith(start)) ?? [];
  if (compression) throw new Unreadable("compressed", { compression });
  let rest = bytes.subarray(at);
  if (syntax === DEFLATED) rest = await inflate(rest);
  else if (syntax && ![EXPLICIT, IMPLICIT, BIG_ENDIAN].includes(syntax))
    throw new Unreadable("compressed", { compression: syntax });
  const reader = new Reader(rest, { explicit: syntax === DEFLATED || lettered, little: !big });
  reader.elements(0, () => false);
  return reader;
}

async function inflate(bytes) {
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new Unreadable("truncated");
  }
}

/** The picture in a DICOM file: { rows, columns, data, unit, window, notes }; throws Unreadable. */
export async function readDicom(bytes) {
  const reader = await open(bytes);
  const rows = reader.whole(ROWS, 0),
    columns = reader.whole(COLUMNS, 0),
    pixels = reader.found.get(PIXELS);
  if (!pixels || !rows || !columns) throw new Unreadable("noPixels", { modality: reader.word(MODALITY) || "–" });
  if (pixels.length === UNDEFINED) throw new Unreadable("compressed", { compression: "?" });
  const samples = reader.whole(SAMPLES, 1),
    photometric = reader.word(PHOTOMETRIC) || "MONOCHROME2";
  if (!["MONOCHROME1", "MONOCHROME2", "RGB", "YBR_FULL"].includes(photometric) || (samples !== 1 && samples !== 3))
    throw new Unreadable("colours", { photometric });
  const allocated = reader.whole(ALLOCATED, 16),
    bytesEach = allocated / 8;
  if (![1, 2, 4].includes(bytesEach)) throw new Unreadable("bits", { bits: allocated });

  const frames = Math.max(1, Number.parseInt(reader.word(FRAMES), 10) || 1),
    frame = Math.floor((frames - 1) / 2);
  const size = rows * columns * samples * bytesEach;
  if (pixels.start + size * frames > reader.bytes.length) throw new Unreadable("truncated");
  const stored = unpack(reader, pixels.start + frame * size, rows * columns * samples, bytesEach);
  const slope = reader.decimal(SLOPE, frame, frames) ?? 1,
    intercept = reader.decimal(INTERCEPT, frame, frames) ?? 0;
  const data = toGrey(stored, rows * columns, samples, photometric, reader.whole(PLANAR, 0));
  for (let i = 0; i < data.length; i++) data[i] = data[i] * slope + intercept;

  const notes = frames > 1 ? [{ code: "frame", values: { frame: frame + 1, frames } }] : [];
  const hounsfield = reader.word(MODALITY) === "CT" && reader.decimal(INTERCEPT, frame, frames) !== undefined;
  const centre = reader.decimal(CENTRE, frame, frames),
    width = reader.decimal(WIDTH, frame, frames);
  const flip = photometric === "MONOCHROME1" ? -1 : 1; // a window of negative width shows low values bright
  const [low, high] = extremes(data);
  const window =
    centre !== undefined && width > 0 ? [centre, flip * width] : [(low + high) / 2, flip * (high - low || 1)];
  return { rows, columns, data, unit: hounsfield ? "HU" : "", window, notes };
}

function unpack(reader, start, count, bytesEach) {
  const { view, little } = reader,
    stored = new Float64Array(count);
  const bits = Math.min(reader.whole(STORED, bytesEach * 8), bytesEach * 8);
  const shift = Math.max(0, reader.whole(HIGH_BIT, bits - 1) + 1 - bits),
    signed = reader.whole(SIGNED, 0) === 1;
  const span = 2 ** bits;
  for (let i = 0, at = start; i < count; i++, at += bytesEach) {
    const raw =
      bytesEach === 1 ? view.getUint8(at) : bytesEach === 2 ? view.getUint16(at, little) : view.getUint32(at, little);
    const value = Math.floor(raw / 2 ** shift) % span; // bits above the stored ones may hold something else
    stored[i] = signed && value >= span / 2 ? value - span : value;
  }
  return stored;
}

function toGrey(stored, count, samples, photometric, planar) {
  if (samples === 1) return stored;
  const weights = photometric === "RGB" ? [0.2126, 0.7152, 0.0722] : [1, 0, 0]; // Y is the grey already
  const grey = new Float64Array(count),
    [step, next] = planar === 1 ? [1, count] : [samples, 1];
  for (let i = 0; i < count; i++) for (let s = 0; s < 3; s++) grey[i] += weights[s] * stored[i * step + s * next];
  return grey;
}
