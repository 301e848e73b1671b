// Keys are data: data-hotkey="e" or "g i" on a link, button, radio or field. The key clicks it; a field is
// focused instead. data-focus="#id" says what to focus afterwards. Single keys do nothing while typing.
import { takesText, withModifier } from "../lib/dom.js";

const PAUSE_MS = 1200;

export function connect(body) {
  let first = "";
  let forget;
  body.addEventListener("keydown", (event) => {
    if (sends(event)) return event.target.form.requestSubmit();
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
  return (event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.matches("form textarea");
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
  target.click();
  if (target.dataset.focus) document.querySelector(target.dataset.focus)?.focus();
}
