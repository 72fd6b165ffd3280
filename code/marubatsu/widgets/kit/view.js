// The parts that all widgets are built from: elements, sentences, numbers for reading, labelled controls, a live text.
// Each control is { el, set(value) }; set shows a value without calling back. Every word comes from `texts`.

import { icon } from "./icons.js";

let count = 0;

/** A name that nothing else on the page has: for labels, groups of choices, panels. */
export const fresh = (word) => `mb-${word}-${++count}`;

/** An element: make("p", { class: "mb-note", text: "…", on: { click } }, …children).
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {Child[]} children
 */
export function make(tag, { on = {}, text, ...attributes } = {}, ...children) {
  const el = document.createElement(tag);
  set(el, attributes);
  if (text !== undefined) el.textContent = /** @type {string} */ (text);
  for (const [event, listener] of Object.entries(on)) el.addEventListener(event, listener);
  const inside = /** @type {(Node | string)[]} */ (children.flat());
  el.append(...inside.filter((child) => child !== null && child !== undefined && /** @type {any} */ (child) !== false));
  return el;
}

/** A part that a reader of the page has and a class does not: it is left out of a lecture. */
export function forReader(el) {
  el.classList.add("mb-for-reader");
  return el;
}

/** @param {Element} el @param {Attributes} attributes */
function set(el, attributes) {
  for (const [name, value] of Object.entries(attributes))
    if (value === true) el.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) el.setAttribute(name, value);
}

/** A sentence of texts.json with its {gaps} filled, from whatever has something of that name.
 * @param {string} sentence @param {Record<string, any>} [values] @returns {string}
 */
export const fill = (sentence, values = {}) =>
  sentence.replace(/\{(\w+)\}/g, (gap, name) => (name in values ? String(values[name]) : gap));

/** A number for reading: at most `digits` figures after the point, a true minus, no trailing zeros. */
export function format(value, digits = 3) {
  const size = Math.abs(value);
  if (size >= 1e7) return value.toPrecision(3).replace("-", "−");
  const figures = size >= 1000 ? Math.min(1, digits) : size >= 100 ? Math.min(2, digits) : digits;
  const text = value.toFixed(figures);
  return (figures ? text.replace(/\.?0+$/, "") : text).replace(/^-0$/, "0").replace("-", "−");
}

/** A share of a softmax for reading: it is never quite 0 or 1. */
export const formatShare = (share) => (share > 0.9995 ? "> 0.999" : share < 0.0005 ? "< 0.001" : format(share));

/** A number and its unit: a space between them, but none before a degree. */
export const withUnit = (text, unit) => (unit ? `${text}${unit === "°" ? "" : " "}${unit}` : text);

/** A typed number: 0.5, −2, 1/9, also 0,5 and full-width digits; undefined where it is none. */
export function parse(text) {
  const plain = text.normalize("NFKC").trim().replace("−", "-").replace(",", ".");
  const found = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:\/(\d+\.?\d*|\.\d+))?$/.exec(plain);
  const value = found ? Number(found[1]) / Number(found[2] ?? 1) : NaN;
  return Number.isFinite(value) ? value : undefined;
}

export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

// ---- controls ---------------------------------------------------------------------------------------------

/** @param {Attributes & { label: string, symbol?: string, onClick: (event: MouseEvent) => void }} given */
export function button({ label, symbol, onClick, ...attributes }) {
  const words = make("span", { text: label });
  return make(
    "button",
    { type: "button", class: "mb-button", on: { click: onClick }, ...attributes },
    symbol && icon(symbol),
    words,
  );
}

/** A button that puts text on the clipboard and says so, in its own label and in the live text.
 * @param {{ label: string, symbol: string, copied: string, text: () => string, say: (sentence: string) => void }} given
 */
export function copyButton({ label, symbol, copied, text, say }) {
  let timer;
  const el = button({
    label,
    symbol,
    async onClick() {
      await toClipboard(text());
      el.querySelector("span").textContent = copied;
      el.querySelector("svg").replaceWith(icon("check"));
      say(copied);
      clearTimeout(timer);
      timer = setTimeout(() => {
        el.querySelector("span").textContent = label;
        el.querySelector("svg").replaceWith(icon(symbol));
      }, 1600);
    },
  });
  return el;
}

async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // not allowed here, for example in a page opened from disk
    const field = make("textarea", { style: "position:fixed;opacity:0" });
    field.value = text;
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    before?.focus();
  }
}

/** Whether the keys of the reader go to this element, in a page or in a notebook. @param {Element} element */
export const focused = (element) =>
  element === /** @type {Document | ShadowRoot} */ (element.getRootNode()).activeElement;

/** A small number with − and +: for whole numbers, or with step "any" for all.
 * @param {{ label: string, less: string, more: string, min: number, max: number, step?: number | "any",
 *   onChange: (value: number) => void, name?: string }} given
 * @returns {Control<number>}
 */
export function stepper({ label, less, more, min, max, step = 1, onChange, name }) {
  const id = fresh("stepper");
  const input = make("input", { id, name, type: "number", min, max, step, inputmode: step === 1 ? "numeric" : "text" });
  let before;
  const change = (value) => {
    const next = clamp(step === 1 ? Math.round(value) : value, min, max);
    input.value = String(next);
    onChange(next);
  };
  input.addEventListener("input", () => input.value !== "" && input.validity.valid && onChange(input.valueAsNumber));
  input.addEventListener("change", () => change(Number.isFinite(input.valueAsNumber) ? input.valueAsNumber : min));
  const by = (sign) => () => change(Math.round((input.valueAsNumber + sign * (step === "any" ? 1 : step)) * 1e6) / 1e6);
  const nudge = (symbol, words, sign) =>
    make(
      "button",
      {
        type: "button",
        class: "mb-nudge",
        tabindex: -1,
        "aria-label": fill(words, { label }),
        on: { click: by(sign) },
      },
      icon(symbol),
    );
  const box = make("div", { class: "mb-stepper" }, nudge("minus", less, -1), input, nudge("plus", more, 1));
  const el = make("div", { class: "mb-field" }, make("label", { for: id, text: label }), box);
  return {
    el,
    set(value) {
      const unfinished = focused(input) && Number.isNaN(input.valueAsNumber); // "-" of -2
      if (unfinished ? before !== value : input.valueAsNumber !== value) input.value = String(value);
      before = value;
    },
  };
}

/** @param {{ label: string, name?: string, onInput: (value: number) => void, unit?: string }} given */
export function slider({ label, name, onInput, unit = "" }) {
  const id = fresh("slider"),
    shown = make("output", { for: id });
  const input = make("input", { id, name, type: "range", on: { input: () => onInput(input.valueAsNumber) } });
  const el = make("div", { class: "mb-field mb-slider" }, make("label", { for: id, text: label }), input, shown);
  return {
    el,
    /** @param {number} value @param {{ min?: number, max?: number, step?: number | "any" }} [range] */
    set(value, { min, max, step = 1 } = {}) {
      if (min !== undefined) Object.assign(input, { min, max, step });
      input.value = String(value);
      shown.textContent = withUnit(format(value), unit);
      input.setAttribute("aria-valuetext", shown.textContent);
    },
  };
}

/** @param {{ label: string, name?: string, options: [value: string, title: string][] | string[][],
 *    onChange: (value: string) => void }} given
 *  @returns {Control<string>} */
export function select({ label, name, options, onChange }) {
  const id = fresh("select");
  const input = make("select", { id, name, on: { change: () => onChange(input.value) } });
  for (const [value, title] of options) input.append(make("option", { value, text: title }));
  const el = make("div", { class: "mb-field" }, make("label", { for: id, text: label }), input);
  return {
    el,
    set(value) {
      input.value = value;
    },
  };
}

/** @param {{ label: string, name?: string, onChange: (value: boolean) => void }} given
 *  @returns {Control<boolean>} */
export function toggle({ label, name, onChange }) {
  const input = make("input", {
    type: "checkbox",
    role: "switch",
    name,
    on: { change: () => onChange(input.checked) },
  });
  const el = make(
    "label",
    { class: "mb-toggle" },
    input,
    make("span", { class: "mb-track" }),
    make("span", { text: label }),
  );
  return {
    el,
    set(value) {
      input.checked = value;
    },
  };
}

/** One of a few, side by side; an option is { value, title, thumb? }, arrow keys walk through them.
 * @template Value
 * @param {{ label: string, options: { value: Value, title: string, thumb?: string }[], className?: string,
 *   onChange: (value: Value) => void, hideLabel?: boolean }} given
 * @returns {Control<Value, HTMLFieldSetElement>}
 */
export function choice({ label, options, onChange, className = "mb-segments", hideLabel = false }) {
  const name = fresh("choice"),
    inputs = new Map();
  const items = options.map(({ value, title, thumb }) => {
    const input = make("input", { type: "radio", name, value, on: { change: () => onChange(value) } });
    inputs.set(value, input);
    return make("label", {}, input, make("span", {}, thumb && make("img", { src: thumb, alt: "" }), title));
  });
  const legend = make("legend", { class: hideLabel ? "mb-quiet" : "", text: label });
  const el = make("fieldset", { class: className }, legend, make("div", {}, items));
  return {
    el,
    set(value) {
      for (const [key, input] of inputs) input.checked = key === value;
    },
  };
}

/** A region whose changes a screen reader speaks once the reader pauses. */
export function liveText() {
  const el = make("p", { class: "mb-quiet", role: "status", "aria-live": "polite" });
  let timer;
  return {
    el,
    /** @param {string} sentence */
    say(sentence) {
      clearTimeout(timer);
      timer = setTimeout(() => el.textContent !== sentence && (el.textContent = sentence), 500);
    },
    stop: () => clearTimeout(timer),
  };
}
