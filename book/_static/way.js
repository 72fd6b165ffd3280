// The ways through the book: menus close as a reader expects, and the list of pages shows where she is.
(() => {
  const menus = [...document.querySelectorAll("details.mb-menu")];
  const close = (besides) => {
    for (const menu of menus) if (menu !== besides) menu.open = false;
  };
  for (const menu of menus) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }
  document.addEventListener("click", (event) => close(event.target.closest("details.mb-menu")));
  document.addEventListener("focusin", (event) => close(event.target.closest("details.mb-menu")));

  // After the theme's script, which puts the list back to where it was on the page before.
  document.addEventListener("DOMContentLoaded", () => {
    const list = document.querySelector("#pst-primary-sidebar");
    const here = list && list.querySelector("a.current");
    if (!here) return;
    const place = here.getBoundingClientRect();
    const frame = list.getBoundingClientRect();
    if (place.top >= frame.top && place.bottom <= frame.bottom) return;
    list.scrollTop += place.top - frame.top - frame.height / 3;
  });
})();
