// The list of keys, made from what binds them whenever it is opened.
import { boundKeys } from "../lib/keys.js";

export function connect(panel) {
  panel.addEventListener("beforetoggle", (event) => {
    if (event.newState !== "open") return;
    const list = panel.querySelector("dl");
    list.replaceChildren();
    for (const [place, bound] of grouped()) {
      list.append(named("dt", place), lines(bound));
    }
  });
}

function grouped() {
  const groups = new Map();
  for (const each of boundKeys()) groups.set(each.place, [...(groups.get(each.place) ?? []), each]);
  return groups;
}

function lines(bound) {
  const lines = document.createElement("dd");
  for (const { keys, label } of bound) {
    const line = document.createElement("span");
    line.className = "key-line";
    for (const key of keys) line.append(named("kbd", key.length === 1 ? key.toUpperCase() : key), " ");
    line.append(label);
    lines.append(line);
  }
  return lines;
}

function named(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
