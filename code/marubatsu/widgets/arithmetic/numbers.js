// Arrays on the way from Python: float32 numbers in base64, and their shape; as packed() in arrays.py writes them.
import { tensor } from "./arithmetic.js";

export function unpack({ shape, data }) {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  return tensor(shape, Float64Array.from(new Float32Array(bytes.buffer)));
}
