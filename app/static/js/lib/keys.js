// The keys of the page, read from the attributes that bind them: data-hotkey on what a key presses, and data-keys on
// what a behaviour moves by keys of its own.  So the list of keys and the palette cannot tell of others.
const SKIPPED = "[hidden], .palette";

export function boundKeys() {
  const seen = new Set();
  return [...document.querySelectorAll("[data-hotkey], [data-keys]")]
    .filter((element) => !element.closest(SKIPPED) || element.dataset.keys)
    .map((element) => {
      const keys = element.dataset.hotkey ?? element.dataset.keys;
      return { element, keys: keys.split(" "), label: nameOf(element), place: placeOf(element) };
    })
    .filter(({ keys, label }) => label && !seen.has(keys.join()) && seen.add(keys.join()));
}

// What somebody would call it.
export function nameOf(element) {
  const said = element.dataset.keyLabel ?? element.ariaLabel ?? element.labels?.[0]?.textContent ?? textOf(element);
  return said.trim().replace(/\s+/g, " ") || element.closest("label")?.textContent.trim() || "";
}

function textOf(element) {
  const copy = element.cloneNode(true);
  for (const beside of copy.querySelectorAll("kbd, .count")) beside.remove();
  return copy.textContent;
}

function placeOf(element) {
  if (element.closest("header.top, nav, [popover]")) return "Anywhere";
  return element.closest(".editor") ? "Writing" : "On this page";
}
