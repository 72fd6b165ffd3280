// The speaker's window shows the deck twice, in frames: what is now, and what comes next. There the keys that turn the
// slides go to the projector, wherever the focus is; the frames follow it.
(() => {
  "use strict";
  if (!/[?&]receiver\b/.test(location.search)) return;
  const [SPACE, SHOWS_NEXT] = [32, /[?&]controls=false\b/.test(location.search)];
  const TURNS = { 32: "next", 34: "next", 39: "next", 78: "next", 33: "prev", 37: "prev", 80: "prev" }; // by key code
  const OTHERS = [35, 36, 66]; // End, Home, B: black
  const tell = (method, ...args) => parent.opener?.postMessage(JSON.stringify({ method, args }), "*");
  window.inSpeakersWindow = true;

  /** Send a key to the projector; whether it is one that goes there. */
  function sent(keyCode, back = false) {
    if (OTHERS.includes(keyCode)) tell("triggerKey", keyCode);
    else if (keyCode in TURNS) tell(keyCode === SPACE && back ? "prev" : TURNS[keyCode]);
    else return false;
    return true;
  }

  addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || !sent(event.keyCode, event.shiftKey)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );

  // A key that was pressed beside the frames comes as a message, before reveal.js listens to it.
  addEventListener("message", (event) => {
    if (typeof event.data !== "string" || !event.data.includes('"triggerKey"')) return;
    if (sent(JSON.parse(event.data).args[0])) event.stopImmediatePropagation();
  });

  // What a frame does because it was told to is no wish of the speaker. reveal.js would report it all the same, and a
  // frame that is late, as on a busy computer, would throw the projector back to the slide before.
  history.replaceState(null, "", location.search.replace("&postMessageEvents=true", "") + location.hash);
  let told = false;
  addEventListener("message", () => {
    told = true;
    setTimeout(() => (told = false));
  });

  /** Send the projector where the speaker went in the frame, by its arrows or by a swipe. */
  function lead() {
    if (!told && !SHOWS_NEXT) tell("setState", Reveal.getState());
  }

  /** Begin where the projector is (the frame's address says it, as #/3/0), and say so: an answer tells the rest. */
  window.followProjector = () => {
    Reveal.slide(Number(location.hash.split("/")[1]) || 0);
    if (SHOWS_NEXT) Reveal.next();
    for (const event of ["slidechanged", "fragmentshown", "fragmenthidden"]) Reveal.on(event, lead);
    parent.postMessage(JSON.stringify({ namespace: "reveal", eventName: "ready", state: Reveal.getState() }), "*");
  };
})();
