// Keeps the inbox up to date: asks for the page again now and then, which costs nothing while nothing
// has happened (304), and puts new rows in place. What is chosen, where the cursor is and how far one has
// scrolled stay as they are.
const EVERY_MS = 12_000;

export function connect(inbox, signal) {
  let etag = "";
  const look = async () => {
    if (document.hidden || inbox.contains(document.activeElement?.closest("details[open], input[type=search], select"))) return;
    try {
      const response = await fetch(location.href, { headers: etag ? { "If-None-Match": etag } : {} });
      etag = response.headers.get("ETag") ?? "";
      if (response.status !== 200) return;
      put(new DOMParser().parseFromString(await response.text(), "text/html"), inbox);
    } catch {
      // offline: the next look will tell
    }
  };
  const timer = setInterval(look, EVERY_MS);
  signal.addEventListener("abort", () => clearInterval(timer));
}

function put(page, inbox) {
  const [old, fresh] = [inbox, page.getElementById("inbox")].map((each) => each?.querySelector("table.tickets tbody"));
  document.getElementById("side")?.replaceChildren(...(page.getElementById("side")?.childNodes ?? []));
  if (!old !== !fresh) putAll(page.getElementById("inbox"), inbox);
  if (!old || !fresh) return;
  const keys = new Set([...old.rows].map((row) => row.dataset.key));
  const arrived = [...fresh.rows].filter((row) => !keys.has(row.dataset.key)).length;
  const focused = document.activeElement?.closest("tr")?.dataset.key;
  const wasCheckbox = document.activeElement?.type === "checkbox";
  for (const row of fresh.rows) {
    const before = old.querySelector(`tr[data-key="${row.dataset.key}"]`);
    const box = row.querySelector("input[type=checkbox]");
    if (box) box.checked = Boolean(before?.querySelector("input[type=checkbox]")?.checked);
    if (before?.hasAttribute("data-cursor")) row.setAttribute("data-cursor", "");
  }
  old.replaceChildren(...fresh.rows);
  if (focused) old.querySelector(`tr[data-key="${focused}"] ${wasCheckbox ? "input" : "a"}`)?.focus({ preventScroll: true });
  putBeside(page.getElementById("inbox"), inbox);
  if (arrived) inbox.querySelector("[data-news]").textContent = `${arrived} new`;
}

// How many there are, and the way on, which leads past the last row that is shown.
function putBeside(fresh, inbox) {
  const [count, pager] = [".inbox-head .count", ".pager"].map((each) => [inbox, fresh].map((root) => root.querySelector(each)));
  count[0]?.replaceWith(count[1] ?? "");
  pager[0]?.remove();
  if (pager[1]) inbox.append(pager[1]);
}

// The first row has come, or the last has gone: a table stands where nothing was, or the other way round.
function putAll(fresh, inbox) {
  const below = (root) => [...root.querySelectorAll(":scope > .filters ~ *")];
  const gone = below(inbox);
  for (const part of gone.flatMap((each) => [each, ...each.querySelectorAll("[data-behavior]")])) {
    part.dispatchEvent(new CustomEvent("htmx:beforeCleanupElement", { bubbles: true }));
  }
  gone.forEach((each) => each.remove());
  inbox.append(...below(fresh));
  inbox.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
}
