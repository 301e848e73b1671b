// A table to walk through: the first two of data-keys="j k x" move a cursor, which focuses the row's link, so Enter
// opens it; the third chooses the row.
import { takesText, withModifier } from "../lib/dom.js";

export function connect(table, signal) {
  const [next, previous, choose] = table.dataset.keys.split(" ");
  const steps = { [next]: 1, [previous]: -1 };
  const move = (event) => {
    if (withModifier(event) || takesText(event.target)) return;
    if (event.key === choose) return table.querySelector("[data-cursor] input[type=checkbox]")?.click();
    const step = steps[event.key];
    if (!step) return;
    const rows = [...table.tBodies[0].rows];
    const at = rows.findIndex((row) => row.hasAttribute("data-cursor"));
    const row = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    rows[at]?.removeAttribute("data-cursor");
    row?.setAttribute("data-cursor", "");
    row?.querySelector("a")?.focus();
  };
  document.addEventListener("keydown", move, { signal });
}
