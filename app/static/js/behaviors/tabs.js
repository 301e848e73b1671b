// Shows the tabs in the element one at a time, as the ARIA practices have it: arrows, Home and End move.
let made = 0;

export function connect(prose) {
  for (const set of prose.querySelectorAll(".tabset")) build(set);
}

function build(set) {
  const panels = [...set.querySelectorAll(":scope > .tab")];
  const list = document.createElement("div");
  list.setAttribute("role", "tablist");
  const tabs = panels.map((panel) => newTab(panel));
  list.append(...tabs);
  set.prepend(list);
  const show = (chosen) =>
    tabs.forEach((tab, place) => {
      tab.setAttribute("aria-selected", place === chosen);
      tab.tabIndex = place === chosen ? 0 : -1;
      panels[place].hidden = place !== chosen;
    });
  tabs.forEach((tab, place) => tab.addEventListener("click", () => show(place)));
  list.addEventListener("keydown", (event) => {
    const now = tabs.indexOf(event.target);
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const place = (next + tabs.length) % tabs.length;
    show(place);
    tabs[place].focus();
  });
  show(0);
}

function newTab(panel) {
  const title = panel.querySelector(":scope > .tab-title");
  const tab = document.createElement("button");
  tab.type = "button";
  tab.id = `tab-${++made}`;
  tab.setAttribute("role", "tab");
  tab.append(...title.childNodes);
  title.remove();
  panel.id = `panel-${made}`;
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", tab.id);
  panel.tabIndex = 0;
  tab.setAttribute("aria-controls", panel.id);
  return tab;
}
