// What comes out: the picture, in grey or in two colours, the scale below it, and the sentence where nothing fits.
import { paintGrey, paintSigned, reach } from "../kit/paint.js";
import { choice, fill, format, make } from "../kit/view.js";
import { viewport } from "../kit/viewport.js";
import { display } from "./tuning.js";

/** The pane: { el, view, say(words), show(output, state, picture, window) }. `pane` makes a pane of the widget,
 *  put(name) takes a new value; output is null where the kernel does not fit into the picture. */
export function outputPane({ texts, pane, put, onPoint, onMove }) {
  const view = viewport({ label: texts.outputHelp, onPoint, onMove });
  const readout = make("p", { class: "mb-readout" });
  const marks = [make("span"), make("span"), make("span")];
  const scale = make("div", { class: "mb-scale" }, marks);
  const shown = choice({
    label: texts.shown,
    options: ["auto", "grey", "signed"].map((value) => ({ value, title: texts[value] })),
    onChange: put("shown"),
  });
  const problem = make("p", { class: "mb-notice", "data-kind": "bad", role: "status", hidden: true });
  const { el, size } = pane("output", view.el, problem, readout, scale, shown.el);

  function paint(output, state, window) {
    const { signed, window: moved } = display(state, window),
      limit = signed && reach(output.data);
    if (signed) paintSigned(view.canvas, output, limit);
    else paintGrey(view.canvas, output, moved);
    const ends = signed ? [-limit, 0, limit] : [-0.5, 0, 0.5].map((share) => moved[0] + share * moved[1]);
    ends.forEach((value, i) => (marks[i].textContent = format(value, 2)));
    scale.dataset.signed = String(signed);
  }

  return {
    el,
    view,
    say: (words) => (readout.textContent = words),
    show(output, state, picture, window) {
      const padded = Math.min(picture.rows, picture.columns) + 2 * state.padding;
      problem.textContent = fill(texts.tooSmall, { extent: state.dilation * (state.side - 1) + 1, size: padded });
      problem.hidden = Boolean(output);
      for (const part of [view.el, scale]) part.hidden = !output;
      if (output) paint(output, state, window);
      shown.set(state.shown);
      size.textContent = output ? fill(texts.size, output) : "–";
    },
  };
}
