// The widgets' only arithmetic: the layers of the numpy library, once more, on typed arrays.
// Letters, axis order and argument names are the library's: images (N, C, H, W), kernels (F, C, KH, KW).
// tests/browser/test_arithmetic.py runs both on the same inputs and compares every number.

/** @typedef {{ stride?: number, padding?: number, dilation?: number }} Steps */

/** Numbers with a shape, row after row; zeros where no data is given.
 * @param {number[]} shape @param {Float64Array} [data] @returns {Tensor}
 */
export function tensor(shape, data = new Float64Array(shape.reduce((product, size) => product * size, 1))) {
  return { shape, data };
}

/** One grey image or one kernel, (rows, columns) numbers, as a batch of one with one channel.
 * @param {number} rows @param {number} columns @param {Float64Array} data
 */
export const single = (rows, columns, data) => tensor([1, 1, rows, columns], data);

/** How many positions a kernel has along one axis; below 1 it does not fit.
 * @param {number} size @param {number} kernel @param {Steps} [steps]
 */
export function outputSize(size, kernel, { stride = 1, padding = 0, dilation = 1 } = {}) {
  return Math.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1;
}

/** The images with a border of equal values around each channel: (N, C, H + 2p, W + 2p).
 * @param {Tensor} images @param {number} padding @param {number} [value]
 */
function pad({ shape: [N, C, H, W], data }, padding, value = 0) {
  if (padding === 0) return tensor([N, C, H, W], data);
  const PH = H + 2 * padding,
    PW = W + 2 * padding;
  const padded = tensor([N, C, PH, PW]);
  if (value !== 0) padded.data.fill(value);
  for (let plane = 0; plane < N * C; plane++)
    for (let row = 0; row < H; row++) {
      const from = (plane * H + row) * W;
      padded.data.set(data.subarray(from, from + W), (plane * PH + row + padding) * PW + padding);
    }
  return padded;
}

/** Cross-correlation of images with kernels: (N, F, OH, OW). Four weights a pass, a row at a time: the row being
 *  summed stays in the processor's nearest memory, and weights of zero cost nothing.
 * @param {Tensor} images @param {Tensor} kernels @param {Steps & { bias?: ArrayLike<number> | null }} [options]
 */
export function conv2d(images, kernels, { bias = null, stride = 1, padding = 0, dilation = 1 } = {}) {
  const [N, C, H, W] = images.shape,
    [F, KC, KH, KW] = kernels.shape;
  const OH = outputSize(H, KH, { stride, padding, dilation }),
    OW = outputSize(W, KW, { stride, padding, dilation });
  if (KC !== C || OH < 1 || OW < 1) throw new RangeError(`conv2d: ${kernels.shape} on ${images.shape}`);
  const {
    data: x,
    shape: [, , PH, PW],
  } = pad(images, padding);
  const output = tensor([N, F, OH, OW]);
  const taps = Math.ceil((C * KH * KW) / 4) * 4;
  const weight = new Float64Array(taps),
    offset = new Int32Array(taps);
  for (let f = 0; f < F; f++) {
    let used = 0;
    for (let c = 0, k = f * C * KH * KW; c < C; c++)
      for (let i = 0; i < KH; i++)
        for (let j = 0; j < KW; j++, k++)
          if (kernels.data[k] !== 0) {
            weight[used] = kernels.data[k];
            offset[used++] = (c * PH + i * dilation) * PW + j * dilation;
          }
    for (; used % 4; used++) weight[used] = offset[used] = 0;
    for (let n = 0; n < N; n++)
      for (let row = 0; row < OH; row++) {
        const start = (n * C * PH + row * stride) * PW,
          at = ((n * F + f) * OH + row) * OW;
        const sums = output.data.subarray(at, at + OW);
        for (let t = 0; t < used; t += 4)
          addFour(
            sums,
            x,
            start,
            stride,
            weight[t],
            weight[t + 1],
            weight[t + 2],
            weight[t + 3],
            offset[t],
            offset[t + 1],
            offset[t + 2],
            offset[t + 3],
          );
        if (bias && bias[f] !== 0) for (let column = 0; column < OW; column++) sums[column] += bias[f];
      }
  }
  return output;
}

function addFour(sums, x, start, stride, w0, w1, w2, w3, o0, o1, o2, o3) {
  for (let column = 0, at = start; column < sums.length; column++, at += stride)
    sums[column] += w0 * x[at + o0] + w1 * x[at + o1] + w2 * x[at + o2] + w3 * x[at + o3];
}

/** What stands behind one number of conv2d's output: every product, their sum, and the sum with the bias.
 * @param {Tensor} images @param {Tensor} kernels
 * @param {{ n?: number, f?: number, row: number, column: number }} place
 * @param {Steps & { bias?: ArrayLike<number> | null }} [options]
 */
export function productSum(images, kernels, { n = 0, f = 0, row, column }, options = {}) {
  const { bias = null, stride = 1, padding = 0, dilation = 1 } = options;
  const [, C, H, W] = images.shape,
    [, , KH, KW] = kernels.shape;
  const terms = [];
  let sum = 0;
  for (let c = 0; c < C; c++)
    for (let i = 0; i < KH; i++)
      for (let j = 0; j < KW; j++) {
        const r = row * stride - padding + i * dilation,
          q = column * stride - padding + j * dilation;
        const inside = r >= 0 && r < H && q >= 0 && q < W;
        const input = inside ? images.data[((n * C + c) * H + r) * W + q] : 0;
        const weight = kernels.data[((f * C + c) * KH + i) * KW + j];
        sum += input * weight;
        terms.push({ channel: c, row: r, column: q, inside, input, weight, product: input * weight });
      }
  return { terms, sum, value: sum + (bias ? bias[f] : 0) };
}

/** Each number, or zero where it is negative; in place when `into` is the tensor itself.
 * @param {Tensor} x @param {Tensor} [into]
 */
export function relu(x, into = tensor(x.shape)) {
  for (let i = 0; i < x.data.length; i++) into.data[i] = x.data[i] > 0 ? x.data[i] : 0;
  return into;
}

/** The largest number under a window of kernelSize × kernelSize: (N, C, OH, OW).
 * @param {Tensor} images @param {number} kernelSize @param {{ stride?: number, padding?: number }} [options]
 */
export function maxPool2d(images, kernelSize, { stride = kernelSize, padding = 0 } = {}) {
  const [N, C, H, W] = images.shape;
  const OH = outputSize(H, kernelSize, { stride, padding }),
    OW = outputSize(W, kernelSize, { stride, padding });
  if (OH < 1 || OW < 1) throw new RangeError(`maxPool2d: ${kernelSize} on ${images.shape}`);
  const {
    data: x,
    shape: [, , PH, PW],
  } = pad(images, padding, -Infinity);
  const output = tensor([N, C, OH, OW]);
  for (let plane = 0, at = 0; plane < N * C; plane++)
    for (let row = 0; row < OH; row++)
      for (let column = 0; column < OW; column++, at++) {
        let largest = -Infinity;
        for (let i = 0; i < kernelSize; i++) {
          const from = (plane * PH + row * stride + i) * PW + column * stride;
          for (let j = from; j < from + kernelSize; j++) if (x[j] > largest) largest = x[j];
        }
        output.data[at] = largest;
      }
  return output;
}

/** The average under a window of kernelSize × kernelSize: (N, C, OH, OW).
 * @param {Tensor} images @param {number} kernelSize @param {{ stride?: number }} [options]
 */
export function avgPool2d(images, kernelSize, { stride = kernelSize } = {}) {
  const [N, C, H, W] = images.shape,
    OH = outputSize(H, kernelSize, { stride }),
    OW = outputSize(W, kernelSize, { stride });
  if (OH < 1 || OW < 1) throw new RangeError(`avgPool2d: ${kernelSize} on ${images.shape}`);
  const output = tensor([N, C, OH, OW]);
  for (let plane = 0, at = 0; plane < N * C; plane++)
    for (let row = 0; row < OH; row++)
      for (let column = 0; column < OW; column++, at++) {
        for (let i = 0; i < kernelSize; i++) {
          const from = (plane * H + row * stride + i) * W + column * stride;
          for (let j = from; j < from + kernelSize; j++) output.data[at] += images.data[j];
        }
        output.data[at] /= kernelSize ** 2;
      }
  return output;
}

/** The largest number of each channel: (N, C). @param {Tensor} images */
export function globalMaxPool({ shape: [N, C, ...sizes], data }) {
  const pixels = sizes.reduce((product, size) => product * size, 1),
    output = tensor([N, C]);
  for (let plane = 0; plane < N * C; plane++)
    output.data[plane] = data
      .subarray(plane * pixels, (plane + 1) * pixels)
      .reduce((a, b) => Math.max(a, b), -Infinity);
  return output;
}

/** Fully connected: x (N, D) by weight (O, D), plus bias (O): (N, O).
 * @param {Tensor} x @param {Tensor} weight @param {ArrayLike<number> | null} [bias]
 */
export function linear(x, weight, bias = null) {
  const [N, D] = x.shape,
    [O] = weight.shape;
  if (weight.shape[1] !== D) throw new RangeError(`linear: ${weight.shape} on ${x.shape}`);
  const output = tensor([N, O]);
  for (let n = 0; n < N; n++)
    for (let o = 0; o < O; o++) {
      let sum = bias ? bias[o] : 0;
      for (let d = 0; d < D; d++) sum += x.data[n * D + d] * weight.data[o * D + d];
      output.data[n * O + o] = sum;
    }
  return output;
}

/** Positive numbers that sum to 1 along the last axis; the largest is taken off first, so that none overflows.
 * @param {Tensor} x
 */
export function softmax(x) {
  const K = x.shape[x.shape.length - 1],
    output = tensor(x.shape);
  for (let from = 0; from < x.data.length; from += K) {
    const row = x.data.subarray(from, from + K),
      largest = row.reduce((a, b) => Math.max(a, b), -Infinity);
    let sum = 0;
    for (let k = 0; k < K; k++) sum += output.data[from + k] = Math.exp(row[k] - largest);
    for (let k = 0; k < K; k++) output.data[from + k] /= sum;
  }
  return output;
}

/** Grey from 0 (black) to 1 (white) for a display window: centre and width in the image's own unit.
 * @param {Tensor} x @param {number} centre @param {number} width
 */
export function windowLevel(x, centre, width) {
  const output = tensor(x.shape);
  for (let i = 0; i < x.data.length; i++) output.data[i] = Math.min(1, Math.max(0, (x.data[i] - centre) / width + 0.5));
  return output;
}

/** |a − b|, number by number. @param {Tensor} a @param {Tensor} b */
export function absoluteDifference(a, b) {
  const output = tensor(a.shape);
  for (let i = 0; i < a.data.length; i++) output.data[i] = Math.abs(a.data[i] - b.data[i]);
  return output;
}
