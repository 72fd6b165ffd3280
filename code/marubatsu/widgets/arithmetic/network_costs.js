// What a network costs, from its sizes alone: the numbers of cost.py for the encoder of architectures.py.
// tests/browser/test_memory_balance.py compares the two. Every count stays below 2 ** 53, so all are exact.

const times = (numbers) => numbers.reduce((product, number) => product * number, 1);

/** Counts for one input, and bytes for a batch: parameters, multiplyAdds, weights, gradients, optimiser,
 *  activations, input, training (their sum). `bytes` a number takes, `copies` an optimiser keeps of the weights. */
export function encoderCost({ dimensions, side, slices, channels, width, levels, batch, bytes, copies, classes = 2 }) {
  let sizes = dimensions === 3 ? [slices, side, side] : [side, side],
    before = channels,
    wide = width;
  let parameters = 0,
    multiplyAdds = 0,
    kept = 0;
  const taps = 3 ** dimensions,
    numbers = channels * times(sizes);
  for (let level = 0; level < levels; level++) {
    if (level > 0) {
      sizes = sizes.map((size) => Math.floor(size / 2));
      kept += before * times(sizes); // max pooling
      wide = 2 * before;
    }
    for (const inside of [before, wide]) {
      parameters += taps * inside * wide + 2 * wide; // kernels without bias; scale and shift of BatchNorm
      multiplyAdds += taps * inside * wide * times(sizes);
      kept += 3 * wide * times(sizes); // convolution, BatchNorm, ReLU
    }
    before = wide;
  }
  parameters += before * classes + classes;
  multiplyAdds += before * classes;
  kept += before + classes; // global pooling, scores
  const weights = bytes * parameters,
    activations = bytes * kept * batch,
    input = bytes * numbers * batch;
  const parts = { weights, gradients: weights, optimiser: weights * copies, activations, input };
  return { parameters, multiplyAdds, ...parts, training: Object.values(parts).reduce((sum, part) => sum + part, 0) };
}

/** How many inputs one training step can work on together in so many bytes; 0 if not even one fits. */
export function largestBatch(state, memory) {
  const one = encoderCost({ ...state, batch: 1 }),
    each = one.activations + one.input;
  return Math.max(0, Math.floor((memory - one.training + each) / each));
}
