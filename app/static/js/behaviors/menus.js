// Menus are <details class="menu">: they close on a click elsewhere and on Escape, which gives the focus back.
export function connect(body) {
  body.addEventListener("click", (event) => {
    for (const menu of body.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  body.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
