// Choosing a picture: those of the page by their thumbnails, and the reader's own by a button or by dropping a file.
// An own picture is read here and goes nowhere; what cannot be read is said, and the widget goes on.
import { choice, fill, icon, make } from "../kit/view.js";
import { Unreadable } from "./dicom.js";
import { readFile } from "./reading.js";

/** The picker: { el, set(value), watch(root) }. options: [{ value, title, thumb? }]; onChoose(value) for a picture of
 *  the page, onOwn(picture) for one that was opened, left out where none can be; watch lets files be dropped anywhere
 *  on the widget.
 * @param {{ texts: Texts, label: string, options: { value: string, title: string, thumb?: string }[], limit?: number,
 *   onChoose: (value: string) => void, onOwn?: false | null | ((picture: Picture) => void) }} given
 */
export function imagePicker({ texts, label, options, limit = 256, onChoose, onOwn }) {
  const pictures = choice({ label, options, onChange: onChoose, className: "mb-chips", hideLabel: true });
  const file = make("input", {
    type: "file",
    class: "mb-quiet",
    on: { change: () => file.files[0] && open(file.files[0]) },
  });
  const own = make("label", { class: "mb-chip", title: texts.drop }, file, make("span", {}, icon("open"), texts.own));
  const notice = make("div", { class: "mb-notice", role: "status" });
  const el = make("div", { class: "mb-picker" }, pictures.el, onOwn && own, onOwn && notice);

  /** @param {File} chosen */
  async function open(chosen) {
    file.value = "";
    say([texts.reading]);
    try {
      const picture = await readFile(chosen, limit);
      if (onOwn) onOwn(picture);
      const notes = picture.notes.map(({ code, values }) => fill(texts.notes[code], values));
      say([picture.title, texts.private, ...notes], "good");
    } catch (error) {
      if (!(error instanceof Unreadable)) console.warn(error);
      const sentence = fill(texts.unreadable[error.code] ?? texts.unreadable.broken, error.values);
      say([chosen.name, sentence, texts.kept], "bad");
    }
  }

  /** @param {string[]} sentences @param {string} [kind] */
  function say(sentences, kind = "") {
    const [first, ...rest] = sentences;
    notice.replaceChildren(
      ...(kind ? [icon("shield")] : []),
      make("p", {}, kind ? make("strong", { text: first }) : first, rest.length ? ` ${rest.join(" ")}` : ""),
    );
    notice.dataset.kind = kind;
  }

  return {
    el,
    set(value) {
      pictures.set(value);
      own.classList.toggle("mb-chosen", value === "own");
      if (value !== "own" && notice.dataset.kind === "good") notice.replaceChildren();
    },
    watch(root) {
      root.addEventListener("dragover", (event) => {
        if (!event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        root.classList.add("mb-dropping");
      });
      root.addEventListener("dragleave", () => root.classList.remove("mb-dropping"));
      root.addEventListener("drop", (event) => {
        event.preventDefault();
        root.classList.remove("mb-dropping");
        if (event.dataTransfer.files[0]) open(event.dataTransfer.files[0]);
      });
    },
  };
}
