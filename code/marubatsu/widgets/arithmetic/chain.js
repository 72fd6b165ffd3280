// A chain of layers in the browser: the network that chain.py packed, a reader's edits in it, and what each layer
// gives.
import { conv2d, globalMaxPool, linear, maxPool2d, relu, softmax, tensor } from "./arithmetic.js";
import { unpack } from "./numbers.js";

const given = (bias) => (bias.length ? bias : null);
const RUN = {
  conv2d: (x, layer) => conv2d(x, layer.weight, { ...layer, bias: given(layer.bias) }),
  relu: (x) => relu(x),
  max_pool2d: (x, { kernelSize, ...options }) => maxPool2d(x, kernelSize, options),
  global_max_pool: globalMaxPool,
  flatten: ({ shape: [N, ...rest], data }) => tensor([N, rest.reduce((product, size) => product * size, 1)], data),
  linear: (x, { weight, bias }) => linear(x, weight, given(bias)),
  softmax,
};

/** The kinds of layers that a page runs: what chain.py may pack. */
export const runs = () => Object.keys(RUN);

/** The layers with their weights as tensors and their biases as arrays. */
export const unpackChain = (layers) =>
  layers.map((layer) =>
    layer.weight ? { ...layer, weight: unpack(layer.weight), bias: unpack(layer.bias).data } : layer,
  );

/** How many numbers a reader can change in a layer: its weights, then its biases. */
export const editable = ({ weight, bias }) => (weight ? weight.data.length + bias.length : 0);

/** Edits [layer, place, number, layer, place, number, …] as triples; what a network has no place for is left out. */
export function triples(layers, edits) {
  const found = Array.from({ length: Math.floor(edits.length / 3) }, (_, i) => edits.slice(3 * i, 3 * i + 3));
  return found.filter(([layer, place, value]) => {
    const places = editable(layers[layer] ?? {});
    return Number.isInteger(place) && place >= 0 && place < places && Number.isFinite(value);
  });
}

/** The layers with the edits in place; layers without any stay the very same objects. */
export function edited(layers, edits) {
  const changed = [...layers];
  for (const [at, place, value] of triples(layers, edits)) {
    if (changed[at] === layers[at]) {
      const { weight, bias } = layers[at];
      changed[at] = { ...layers[at], weight: tensor(weight.shape, weight.data.slice()), bias: bias.slice() };
    }
    const { weight, bias } = changed[at],
      size = weight.data.length;
    if (place < size) weight.data[place] = value;
    else bias[place - size] = value;
  }
  return changed;
}

/** What every layer gives for images (N, C, H, W), in order. */
export function outputs(layers, images) {
  const found = [];
  for (let x = images, i = 0; i < layers.length; i++) found.push((x = RUN[layers[i].kind](x, layers[i])));
  return found;
}

/** The same from packed layers and the edits of a link: what the tests compare with the library. */
export const outputsOf = (layers, edits, images) => outputs(edited(unpackChain(layers), edits), images);
