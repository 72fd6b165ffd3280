// The kernel in the middle: its weights to type, one to start from, and the numbers that say how it is applied.
import { kernelEditor, resized } from "../kit/kernel_editor.js";
import { fill, make, select, stepper, toggle } from "../kit/view.js";

/** The pane: { el, show(state) }. `pane` makes a pane of the widget, put(name) takes a new value, kernel() gives
 *  the kernel as it is set now. */
export function kernelPane({ texts, limits, presets, pane, put, kernel }) {
  const words = { less: texts.less, more: texts.more };
  const number = (name, onChange, more = {}) =>
    stepper({ label: texts[name], name, min: limits[name][0], max: limits[name][1], ...words, ...more, onChange });
  const editor = kernelEditor({ texts, limits: limits.weight, onChange: put("kernel") });
  const preset = select({
    label: texts.preset,
    name: "preset",
    options: [["", texts.custom], ...Object.keys(presets).map((name) => [name, texts.presets[name]])],
    onChange: (name) => name && put("kernel")(presets[name]),
  });
  /** @type {Record<string, Control<any>>} */
  const fields = {
    side: number("side", (side) => put("kernel")(resized(kernel(), side))),
    bias: number("bias", put("bias"), { step: "any" }),
    stride: number("stride", put("stride")),
    padding: number("padding", put("padding")),
    dilation: number("dilation", put("dilation")),
    relu: toggle({ label: texts.relu, name: "relu", onChange: put("relu") }),
  };
  const { el, size } = pane(
    "kernel",
    preset.el,
    editor.el,
    make("p", { class: "mb-help", text: texts.kernelHelp }),
    make(
      "div",
      { class: "mb-fields" },
      Object.values(fields).map((field) => field.el),
    ),
  );
  return {
    el,
    show(state) {
      editor.set(state.kernel);
      for (const [name, field] of Object.entries(fields)) field.set(state[name]);
      const known = Object.entries(presets).find(([, weights]) => String(weights) === String(state.kernel));
      preset.set(known?.[0] ?? "");
      size.textContent = fill(texts.size, { rows: state.side, columns: state.side });
    },
  };
}
