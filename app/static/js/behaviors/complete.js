// Completes the word under the cursor of a search box, from /inbox/completions. Tab or Enter takes the
// chosen one, the arrows choose, Escape closes.
const PAUSE_MS = 120;

export function connect(field, signal) {
  const list = document.createElement("ul");
  list.className = "completions menu-list";
  list.id = "completions";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  field.removeAttribute("list");
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  field.closest("form").append(list);
  let timer;

  const word = () => field.value.slice(0, field.selectionStart).match(/\S*$/)[0];
  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
  };
  const take = (option) => {
    const end = field.selectionStart;
    const start = end - word().length;
    const said = option.dataset.value + (option.dataset.value.endsWith(":") ? "" : " ");
    field.setRangeText(said, start, end, "end");
    close();
    if (said.endsWith(":")) ask();
  };
  const choose = (step) => {
    const all = [...list.children];
    const at = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
    all[at]?.setAttribute("aria-selected", "false");
    const next = all[(at + step + all.length) % all.length];
    next?.setAttribute("aria-selected", "true");
    if (next) field.setAttribute("aria-activedescendant", next.id);
  };
  const ask = async () => {
    const said = word();
    if (!said) return close();
    const response = await fetch(`/inbox/completions?word=${encodeURIComponent(said)}`, { signal });
    if (!response.ok || said !== word()) return;
    list.innerHTML = await response.text();
    list.hidden = !list.children.length || document.activeElement !== field;
    field.setAttribute("aria-expanded", String(!list.hidden));
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const chosen = list.querySelector('[aria-selected="true"]');
    if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(event.key === "ArrowDown" ? 1 : -1);
    else if ((event.key === "Enter" || event.key === "Tab") && chosen) take(chosen);
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
