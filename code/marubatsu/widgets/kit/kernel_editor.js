// A table of weights to type into, to drag up and down, and to step through with the arrow keys.
import { clamp, fill, focused, format, make, parse } from "./view.js";

const PIXELS_PER_STEP = 6;

/** The kernel with another side; its middle stays in the middle, new weights are 0.
 * @param {number[][]} kernel @param {number} side
 */
export function resized(kernel, side) {
  const middle = (size) => Math.floor((size - 1) / 2),
    shift = middle(side) - middle(kernel.length);
  return Array.from({ length: side }, (_, row) =>
    Array.from({ length: side }, (_, column) => kernel[row - shift]?.[column - shift] ?? 0),
  );
}

/** A weight as it is written: 1/9 where that is the very same number, nine figures where there are more. */
export function written(value) {
  const text = String(value);
  if (text.length > 6)
    for (let below = 2; below <= 1024; below++) {
      const above = Math.round(value * below);
      if (above !== 0 && above / below === value) return `${above}/${below}`;
    }
  return text.length > 12 ? String(Number(value.toPrecision(9))) : text;
}

/** The editor: { el, set(kernel) }; limits are the ends of a weight; onChange gets the whole new kernel.
 * @param {{ texts: Texts, help?: string, limits: [low: number, high: number],
 *   onChange: (kernel: number[][]) => void }} given
 * @returns {Control<number[][], HTMLTableElement>}
 */
export function kernelEditor({ texts, help, limits, onChange }) {
  const body = make("tbody");
  const el = make(
    "table",
    { class: "mb-kernel", "aria-describedby": help },
    make("caption", { class: "mb-quiet", text: texts.weights }),
    body,
  );
  /** @type {number[][]} */
  let kernel = [];
  /** @type {HTMLInputElement[][]} */
  let cells = [];

  function change(row, column, value) {
    const weight = clamp(value, ...limits);
    kernel = kernel.map((line, r) => (r === row ? line.map((old, c) => (c === column ? weight : old)) : line));
    tint();
    onChange(kernel);
  }

  function tint() {
    const largest = Math.max(...kernel.flat().map(Math.abs)) || 1;
    cells.forEach((line, r) =>
      line.forEach((input, c) => {
        const value = kernel[r][c];
        input.dataset.sign = value < 0 ? "below" : value > 0 ? "above" : "";
        input.style.setProperty("--mb-share", `${Math.round((100 * Math.abs(value)) / largest)}%`);
        input.setAttribute("aria-valuenow", String(value));
      }),
    );
  }

  function show(input, row, column) {
    input.value = focused(input) ? written(kernel[row][column]).replace("-", "−") : format(kernel[row][column]);
    input.removeAttribute("aria-invalid");
  }

  function cell(row, column) {
    const input = make("input", {
      type: "text",
      role: "spinbutton",
      "aria-label": fill(texts.weight, { row: row + 1, column: column + 1 }),
      autocomplete: "off",
      spellcheck: "false",
      enterkeyhint: "done",
    });
    const step = (by) => {
      change(row, column, stepped(kernel[row][column], by));
      show(input, row, column);
      input.select();
    };
    const go = (r, c) => {
      cells[r]?.[c]?.focus();
      return Boolean(cells[r]?.[c]);
    };
    input.addEventListener("focus", () => {
      show(input, row, column);
      input.select();
    });
    input.addEventListener("blur", () => show(input, row, column));
    input.addEventListener("input", () => {
      const value = parse(input.value);
      if (value === undefined) return input.setAttribute("aria-invalid", "true");
      input.removeAttribute("aria-invalid");
      change(row, column, value);
    });
    input.addEventListener("keydown", (event) => {
      const { selectionStart: start, selectionEnd: end, value } = input,
        all = start === 0 && end === value.length;
      const keys = {
        ArrowUp: () => step(event.shiftKey ? 1 : 0.1) ?? true,
        ArrowDown: () => step(event.shiftKey ? -1 : -0.1) ?? true,
        ArrowLeft: () => !event.shiftKey && (all || end === 0) && go(row, column - 1),
        ArrowRight: () => !event.shiftKey && (all || start === value.length) && go(row, column + 1),
        PageUp: () => go(row - 1, column),
        PageDown: () => go(row + 1, column),
        Enter: () => go((row + 1) % cells.length, column),
        Escape: () => show(input, row, column) ?? true,
      };
      if (keys[event.key]?.()) event.preventDefault();
      event.stopPropagation();
    });
    drag(
      input,
      () => kernel[row][column],
      (value) => {
        change(row, column, value);
        show(input, row, column);
      },
    );
    return input;
  }

  return {
    el,
    set(next) {
      const before = kernel;
      kernel = next;
      if (cells.length !== next.length || cells[0].length !== next[0].length) {
        cells = next.map((line, row) => line.map((_, column) => cell(row, column)));
        body.replaceChildren(
          ...cells.map((line) =>
            make(
              "tr",
              {},
              line.map((input) => make("td", {}, input)),
            ),
          ),
        );
        el.style.setProperty("--mb-side", String(next.length));
        el.style.setProperty("--mb-columns", String(next[0].length));
      }
      cells.forEach((line, r) =>
        line.forEach((input, c) => {
          const typed = parse(input.value) ?? before[r]?.[c]; // "1/" is on its way to 1/3: leave it to the writer
          if (!focused(input) || typed !== next[r][c]) show(input, r, c);
        }),
      );
      tint();
    },
  };
}

/** The value after a step, on the grid of such steps: 0.111 and +0.1 give 0.2. */
function stepped(value, by) {
  const per = 1 / Math.abs(by);
  return Math.round(value * per + Math.sign(by)) / per;
}

/** Dragging up and down changes the value, a plain press puts the cursor into the cell. */
function drag(input, get, put) {
  let from;
  input.addEventListener("mousedown", (event) => !focused(input) && event.preventDefault());
  input.addEventListener("pointerdown", (event) => {
    if (event.button === 0) from = { y: event.clientY, value: get(), moved: false };
  });
  input.addEventListener("pointermove", (event) => {
    if (!from) return;
    const steps = Math.trunc((from.y - event.clientY) / PIXELS_PER_STEP);
    if (!from.moved && steps === 0) return;
    if (!from.moved) input.setPointerCapture(event.pointerId);
    from.moved = true;
    input.classList.add("mb-dragged");
    const by = event.shiftKey ? 1 : 0.1;
    put(steps === 0 ? from.value : Math.round((from.value + steps * by) * 1e6) / 1e6);
  });
  const stop = (event) => {
    if (from && !from.moved && event.type === "pointerup") input.focus();
    input.classList.remove("mb-dragged");
    from = undefined;
  };
  for (const name of ["pointerup", "pointercancel"]) input.addEventListener(name, stop);
}
