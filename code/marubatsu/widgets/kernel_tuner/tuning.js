// What a kernel makes of a picture: the state put right, the output, and how an output is best shown.
import { conv2d, outputSize, relu, single } from "../arithmetic/arithmetic.js";
import { clamp } from "../kit/view.js";

/** The state with everything impossible replaced: a link may hold anything. */
export function sane(get, limits) {
  const whole = (name) => clamp(Math.round(get(name)), ...limits[name]);
  const given = get("kernel"),
    side = given.length;
  const good =
    clamp(side, ...limits.side) === side && given.every((row) => row.length === side && row.every(Number.isFinite));
  const kernel = good ? given.map((row) => row.map((weight) => clamp(weight, ...limits.weight))) : [[1]];
  const pair = (name) => (get(name).length === 2 && get(name).every(Number.isFinite) ? [...get(name)] : null);
  const window = pair("window");
  return {
    kernel,
    side: kernel.length,
    bias: clamp(get("bias"), ...limits.bias),
    stride: whole("stride"),
    padding: whole("padding"),
    dilation: whole("dilation"),
    relu: get("relu"),
    pixel: pair("pixel"),
    window: window && window[1] !== 0 ? window : null,
    shown: ["grey", "signed"].includes(get("shown")) ? get("shown") : "auto",
    challenge: get("challenge") in get("challenges") ? get("challenge") : "",
  };
}

/** What the kernel makes of a picture: { rows, columns, data }, or null where it does not fit. */
export function compute({ rows, columns, data }, state) {
  const { kernel, side, bias, relu: cut } = state;
  const height = outputSize(rows, side, state),
    width = outputSize(columns, side, state);
  if (height < 1 || width < 1) return null;
  const output = conv2d(single(rows, columns, data), single(side, side, kernel.flat()), { ...state, bias: [bias] });
  if (cut) relu(output, output);
  return { rows: height, columns: width, data: output.data };
}

/** How an output is best shown: in two colours where the weights cancel out, else in grey through the input's window,
 *  moved as the kernel moves a flat picture. */
export function display({ kernel, bias, shown }, window) {
  const weights = kernel.flat(),
    total = weights.reduce((sum, weight) => sum + weight, 0);
  const size = weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
  const signed = shown === "signed" || (shown === "auto" && Math.abs(total) <= size / 4);
  return { signed, window: [window[0] * total + bias, window[1] * (total || 1)] };
}
