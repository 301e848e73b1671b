// A table to walk through: J and K move a cursor, which focuses the row's link, so Enter opens it.
import { takesText, withModifier } from "../lib/dom.js";

const STEPS = { j: 1, k: -1 };

export function connect(table, signal) {
  const move = (event) => {
    const step = STEPS[event.key];
    if (!step || withModifier(event) || takesText(event.target)) return;
    const rows = [...table.tBodies[0].rows];
    const at = rows.findIndex((row) => row.hasAttribute("data-cursor"));
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    rows[at]?.removeAttribute("data-cursor");
    next?.setAttribute("data-cursor", "");
    next?.querySelector("a")?.focus();
  };
  document.addEventListener("keydown", move, { signal });
}
