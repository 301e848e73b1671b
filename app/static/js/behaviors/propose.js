// Proposes while somebody writes: data-propose="@ /address ; /other" asks the address behind a mark for what begins
// with the letters after it.  Arrows choose, Enter or Tab takes, Escape closes.  With data-at-caret the list stands
// under the line with the cursor, else under the field.
import { caretBottom } from "../lib/caret.js";
import { write } from "../lib/writing.js";
import { textOf } from "./insert.js";

const PAUSE_MS = 120;

export function connect(field, signal) {
  const words = field.dataset.propose.split(" ");
  const marks = new Map(words.map((mark, at) => [mark, words[at + 1]]).filter((_, at) => at % 2 === 0));
  const any = [...marks.keys()].map((mark) => mark.replace(/[[\]]/g, "\\$&")).join("|");
  const pattern = new RegExp(`(?:^|[\\s(])(${any})([^\\n${any.replace(/\|/g, "")}]{0,40})$`);
  const list = field.insertAdjacentElement("afterend", document.createElement("ul"));
  list.id = `${field.id}-proposals`;
  list.className = "completions menu-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Proposals");
  list.hidden = true;
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  let timer;

  const asked = () => field.value.slice(0, field.selectionStart).match(pattern);
  const close = () => {
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
  };
  const ask = async () => {
    const match = asked();
    if (!match) return close();
    const answer = await fetch(`${marks.get(match[1])}?q=${encodeURIComponent(match[2])}`, { signal });
    if (!answer.ok || answer.redirected || asked()?.[0] !== match[0]) return;
    list.innerHTML = await answer.text();
    list.hidden = !list.children.length || document.activeElement !== field;
    if ("atCaret" in field.dataset) list.style.insetBlockStart = `${field.offsetTop + caretBottom(field) + 4}px`;
    choose(0);
  };
  const choose = (at) => {
    const all = [...list.children];
    all.forEach((each, place) => each.setAttribute("aria-selected", String(place === at)));
    all[at]?.scrollIntoView({ block: "nearest" });
    if (all[at] && !list.hidden) field.setAttribute("aria-activedescendant", all[at].id);
  };
  const take = async (option) => {
    const [, mark, said] = asked() ?? [null, "", ""];
    const end = field.selectionStart;
    close();
    const text = await textOf(option);
    if (text !== null) write(field, text, end - mark.length - said.length, end);
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask().catch(close), PAUSE_MS);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.ctrlKey || event.metaKey) return;
    const all = [...list.children];
    const at = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") choose((at + 1) % all.length);
    else if (event.key === "ArrowUp") choose((at + all.length - 1) % all.length);
    else if (event.key === "Enter" || event.key === "Tab") take(all[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("li");
    if (!option) return;
    event.preventDefault();
    take(option);
  });
  field.addEventListener("blur", close);
}
