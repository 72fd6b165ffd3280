// "Copy" at every program: of a session with the prompt >>> only what was typed.
(() => {
  const typed = (text) => {
    const lines = text.split("\n");
    if (!lines.some((line) => line.startsWith(">>> "))) return text;
    return lines
      .filter((line) => /^(>>>|\.\.\.)( |$)/.test(line))
      .map((line) => line.slice(4))
      .join("\n");
  };
  const write = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = Object.assign(document.createElement("textarea"), { value: text }); // where a page may not ask
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  };
  for (const code of document.querySelectorAll("article div.highlight > pre")) {
    if (code.closest(".output")?.matches(".text_plain, .stream")) continue; // a result
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      className: "copybtn",
      textContent: "Copy",
    });
    button.addEventListener("click", async () => {
      button.textContent = (await write(typed(code.textContent).trimEnd())) ? "Copied" : "Not copied";
      button.focus();
      setTimeout(() => {
        button.textContent = "Copy";
      }, 2000);
    });
    code.after(button);
  }
})();
