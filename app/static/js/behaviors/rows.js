// A table to walk through: data-keys="j k" move a cursor, which focuses the row's link, so Enter opens it.
import { takesText, withModifier } from "../lib/dom.js";

export function connect(table, signal) {
  const [next, previous] = table.dataset.keys.split(" ");
  const steps = { [next]: 1, [previous]: -1 };
  const move = (event) => {
    const step = steps[event.key];
    if (!step || withModifier(event) || takesText(event.target)) return;
    const rows = [...table.tBodies[0].rows];
    const at = rows.findIndex((row) => row.hasAttribute("data-cursor"));
    const row = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    rows[at]?.removeAttribute("data-cursor");
    row?.setAttribute("data-cursor", "");
    row?.querySelector("a")?.focus();
  };
  document.addEventListener("keydown", move, { signal });
}
