// Keys are data: data-hotkey="e" or "g i" on a link, button, radio or field. The key clicks it; a field is
// focused instead. data-focus="#id" says what to focus afterwards. Single keys do nothing while typing.
// Ctrl+Enter in a field sends its form, by the button with data-keys="Ctrl+Enter" if there is one; so with Shift.
import { takesText, withModifier } from "../lib/dom.js";

const PAUSE_MS = 1200;

export function connect(body) {
  let first = "";
  let forget;
  body.addEventListener("keydown", (event) => {
    if (sends(event)) return send(event);
    if (withModifier(event) || takesText(event.target)) return;
    const target = find(`${first} ${event.key}`) ?? find(event.key);
    first = target ? "" : event.key;
    clearTimeout(forget);
    forget = setTimeout(() => (first = ""), PAUSE_MS);
    if (!target) return;
    event.preventDefault();
    press(target);
  });
}

function sends(event) {
  return (event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.form && takesText(event.target);
}

function send({ target: { form }, shiftKey }) {
  const keys = shiftKey ? "Ctrl+Shift+Enter" : "Ctrl+Enter";
  const button = [...form.elements].find((each) => each.dataset.keys === keys && (each.closest("details") ?? each).checkVisibility());
  if (button || !shiftKey) form.requestSubmit(button);
}

function find(keys) {
  const all = [...document.querySelectorAll("[data-hotkey]")];
  return all.find((element) => element.dataset.hotkey === keys.trim().toLowerCase());
}

export function press(target) {
  if (takesText(target)) {
    target.focus();
    target.select?.();
    return;
  }
  if (target.matches("summary")) target.focus(); // so that Tab leads into what opens
  target.click();
  if (target.dataset.focus) document.querySelector(target.dataset.focus)?.focus();
}
