// The kernel tuner's challenges: a number from 0 to 100 for an output. The same as challenges.py; a test compares them.
import { conv2d, single } from "../arithmetic/arithmetic.js";

const MARGIN = 8,
  BEST = 0.3439;

/** The score of a challenge. `output` is { rows, columns, data }; `reference` the picture that it is compared with,
 *  `input` the picture that was convolved; options are { side, stride, padding, dilation }. */
export function score(name, output, { input, reference }, options) {
  return { stroke, edges, noise }[name](output, options, { input, reference });
}

const centre = (index, { side, stride, padding, dilation }) => index * stride - padding + (dilation * (side - 1)) / 2;

function stroke({ rows, columns, data }, options) {
  let on = 0,
    off = 0,
    brightest = 0;
  const line = [];
  for (let r = 0, i = 0; r < rows; r++)
    for (let c = 0; c < columns; c++, i++) {
      const row = centre(r, options),
        column = centre(c, options),
        light = Math.max(0, data[i]);
      const falling = Math.abs(row - column),
        rising = Math.abs(row + column - 31);
      const crossing = falling <= 6 && rising <= 6;
      if (falling <= 4 && !crossing) {
        on += light;
        brightest = Math.max(brightest, light);
      } else if (!crossing) off += light;
      if (falling <= 1 && rising > 6 && rising <= 14) line.push(light);
    }
  if (on <= off || line.length === 0) return 0;
  const lit = line.filter((light) => light >= brightest / 4).length / line.length;
  return ((100 * (on - off)) / (on + off)) * lit;
}

/** Calls back with the index of the output and of the picture for each output pixel that counts. */
function forEachPixel({ rows, columns }, picture, options, callback) {
  const inside = (at, size) => at >= MARGIN && at < size - MARGIN;
  for (let r = 0; r < rows; r++) {
    const row = Math.floor(centre(r, options));
    if (!inside(row, picture.rows)) continue;
    for (let c = 0; c < columns; c++) {
      const column = Math.floor(centre(c, options));
      if (inside(column, picture.columns)) callback(r * columns + c, row * picture.columns + column);
    }
  }
}

function edges(output, options, { reference }) {
  const kinds = kindsOfEdges(reference),
    sums = [0, 0, 0, 0],
    counts = [0, 0, 0, 0];
  forEachPixel(output, reference, options, (i, at) => {
    sums[kinds[at]] += Math.abs(output.data[i]);
    counts[kinds[at]]++;
  });
  const [, vertical, horizontal, flat] = sums.map((sum, kind) => (counts[kind] ? sum / counts[kind] : 0));
  return vertical > 0 ? 100 * Math.max(0, 1 - Math.max(horizontal, flat) / vertical) : 0;
}

const known = new WeakMap();

function kindsOfEdges({ rows, columns, data }) {
  if (!known.has(data)) {
    const image = single(
      rows,
      columns,
      data.map((value) => Math.max(value, -1000)),
    );
    const slope = (weights) =>
      conv2d(
        image,
        single(
          3,
          3,
          Float64Array.from(weights, (w) => w / 8),
        ),
        { padding: 1 },
      ).data;
    const across = slope([-1, 0, 1, -2, 0, 2, -1, 0, 1]),
      down = slope([-1, -2, -1, 0, 0, 0, 1, 2, 1]);
    known.set(
      data,
      Uint8Array.from(across, (value, i) => kindOf(Math.abs(value), Math.abs(down[i]))),
    );
  }
  return known.get(data);
}

function kindOf(across, down) {
  const steepness = across * across + down * down;
  if (steepness > 100 * 100) return across > 2 * down ? 1 : down > 2 * across ? 2 : 0;
  return steepness < 20 * 20 ? 3 : 0;
}

function noise(output, options, { input, reference }) {
  let after = 0,
    before = 0;
  forEachPixel(output, reference, options, (i, at) => {
    after += (output.data[i] - reference.data[at]) ** 2;
    before += (input.data[at] - reference.data[at]) ** 2;
  });
  if (before === 0) return 0;
  return Math.min(100, Math.max(0, (100 * (1 - Math.sqrt(after / before))) / (1 - BEST)));
}
