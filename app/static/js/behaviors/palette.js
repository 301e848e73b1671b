// Jumps anywhere: the actions of this page, then what the server finds at data-from. Ctrl and data-key open it; arrow
// keys move through the links, Enter follows the first. Without script it is a search box.
import { boundKeys, nameOf } from "../lib/keys.js";
import { press } from "./hotkeys.js";

const WAIT_MS = 120;
const MOST_ACTIONS = 8;

export function connect(palette, signal) {
  const field = palette.querySelector("input");
  const actions = palette.querySelector("[data-actions]");
  const found = palette.querySelector("[data-found]");
  let timer, request, waiting;

  const look = async () => {
    request?.abort();
    request = new AbortController();
    const address = `${palette.dataset.from}?q=${encodeURIComponent(field.value.trim())}`;
    try {
      const answer = await fetch(address, { signal: request.signal });
      if (answer.ok && !answer.redirected) found.innerHTML = await answer.text();
    } catch {
      // asked anew meanwhile, or no network: the actions of the page are there
    }
  };
  const show = () => {
    showActions(palette, actions, field.value.trim().toLowerCase());
    clearTimeout(timer);
    waiting = new Promise((done) => (timer = setTimeout(() => look().then(done), field.value ? WAIT_MS : 0)));
  };
  document.addEventListener(
    "keydown",
    (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== palette.dataset.key) return;
      event.preventDefault();
      palette.togglePopover();
    },
    { signal },
  );
  // Emptied before it opens: what follows comes later, and somebody may be typing already.
  palette.addEventListener("beforetoggle", (event) => {
    if (event.newState === "open") field.value = "";
  });
  palette.addEventListener("toggle", (event) => {
    if (event.newState !== "open") return;
    show();
    field.focus();
  });
  field.addEventListener("input", show);
  palette.addEventListener("keydown", async (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const stops = [field, ...goals(palette)];
      stops[Math.min(stops.length - 1, Math.max(0, stops.indexOf(document.activeElement) + step))].focus();
    } else if (event.key === "Enter" && event.target === field) {
      event.preventDefault();
      if (!goals(actions).length) await waiting;
      (goals(palette)[0] ?? field.form).click?.();
    }
  });
}

function goals(within) {
  return [...within.querySelectorAll("a, button")];
}

// What can be pressed on this page and is called so: what has a key first.
function showActions(palette, group, words) {
  const list = group.querySelector("ul");
  list.replaceChildren();
  for (const { element, keys, label } of actionsOfPage()) {
    if (!label.toLowerCase().includes(words) || list.children.length >= MOST_ACTIONS) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.append(label, ...keys.map(drawn));
    button.addEventListener("click", () => {
      palette.hidePopover();
      press(element);
    });
    list.append(document.createElement("li"));
    list.lastChild.append(button);
  }
  group.hidden = !list.children.length;
}

function actionsOfPage() {
  const bound = boundKeys().filter(({ element }) => element.dataset.hotkey && !element.closest("header.top"));
  const others = [...document.querySelectorAll("main :is(button, a.btn):not([data-hotkey])")]
    .filter((element) => !element.closest("[hidden], .palette"))
    .map((element) => ({ element, keys: [], label: nameOf(element) }));
  const seen = new Set();
  return [...bound, ...others].filter(({ label }) => label && !seen.has(label) && seen.add(label));
}

function drawn(key) {
  const drawing = document.createElement("kbd");
  drawing.textContent = key.length === 1 ? key.toUpperCase() : key;
  return drawing;
}
