// Modules that arrive as texts: each becomes a Blob URL, and imports those that it names by their paths. So one page
// opened from disk, and one text in a notebook, hold many modules, each once. A classic script and part of a module.
// eslint-disable-next-line no-unused-vars -- what stands behind this text calls it
function moduleLoader() {
  const texts = new Map(),
    addresses = new Map();
  // Two widgets of a notebook bring the same modules twice. The same text is one module all the same, so that they
  // share what it counts and keeps: no two of their controls have one name, and a picture is unpacked once.
  const shared = (globalThis[Symbol.for("marubatsu.modules")] ??= new Map());

  /** Keep the text of a module; its imports name paths as they are given here. */
  const define = (file, text) => void texts.set(file, text);

  /** The address of a module, made when it is first asked for. */
  function address(file) {
    if (!addresses.has(file)) {
      if (!texts.has(file)) throw new Error(`${file} is not on this page`);
      const text = texts
        .get(file)
        .replace(/^((?:import|export)\b[^;"']*?\bfrom\s*)"([\w./]+)";/gm, (all, words, needed) => {
          return `${words}"${address(needed)}";`;
        });
      if (!shared.has(text)) shared.set(text, URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
      addresses.set(file, shared.get(text));
    }
    return addresses.get(file);
  }

  return { define, load: (file) => import(address(file)) };
}
