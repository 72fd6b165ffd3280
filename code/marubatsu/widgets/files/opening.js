// A reader's own picture: chosen by a button or dropped anywhere on the widget. It is read here and goes nowhere; what
// cannot be read is said, and the widget goes on.
import { icon } from "../kit/icons.js";
import { fill, make } from "../kit/view.js";
import { Unreadable } from "./dicom.js";
import { readFile } from "./reading.js";

/** The way to an own picture: { parts, set(value), watch(root) }; onOwn(picture) is called with one that was opened, at
 *  most `limit` pixels a side. `parts` stand beside the pictures of the page; watch lets files be dropped on root.
 * @param {{ texts: Texts, limit?: number, onOwn: (picture: Picture) => void }} given
 */
export function opening({ texts, limit = 256, onOwn }) {
  const file = make("input", {
    type: "file",
    class: "mb-quiet",
    on: { change: () => file.files[0] && open(file.files[0]) },
  });
  const own = make("label", { class: "mb-chip", title: texts.drop }, file, make("span", {}, icon("open"), texts.own));
  const notice = make("div", { class: "mb-notice", role: "status" });

  /** @param {File} chosen */
  async function open(chosen) {
    file.value = "";
    say([texts.reading]);
    try {
      const picture = await readFile(chosen, limit);
      onOwn(picture);
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
    parts: [own, notice],
    /** @param {string} value The picture that is chosen now. */
    set(value) {
      own.classList.toggle("mb-chosen", value === "own");
      if (value !== "own" && notice.dataset.kind === "good") notice.replaceChildren();
    },
    /** @param {HTMLElement} root */
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
