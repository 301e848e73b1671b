// Shows beside a form how its text will look, a moment after somebody stops typing: data-preview is who renders it,
// [data-preview-of] where it stands.  A link with data-line in it leads to that line of the text, as ?line= does.
const PAUSE_MS = 400;

export function connect(form, signal) {
  const shown = form.querySelector("[data-preview-of]");
  let timer;
  let asked;

  const show = async () => {
    asked?.abort();
    asked = new AbortController();
    const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    const answer = await fetch(form.dataset.preview, { method: "POST", body, headers: { "HX-Request": "true" }, signal: asked.signal });
    if (!answer.ok || answer.redirected) return;
    const html = await answer.text();
    for (const old of shown.children) tell(old, "htmx:beforeCleanupElement");
    shown.innerHTML = html;
    for (const fresh of shown.children) tell(fresh, "htmx:load");
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => show().catch(() => {}), PAUSE_MS); // no network: what is shown stays
  };

  const wanted = Number(new URLSearchParams(location.search).get("line"));
  if (wanted) goTo(form.elements.namedItem("body"), wanted);
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  signal.addEventListener("abort", () => clearTimeout(timer));
  shown.addEventListener("click", (event) => {
    const link = event.target.closest("[data-line]");
    if (!link) return;
    event.preventDefault();
    goTo(form.elements.namedItem("body"), Number(link.dataset.line));
  });
}

// Behaviours in the preview begin and end as in any part of a page that is swapped.
function tell(element, name) {
  element.dispatchEvent(new CustomEvent(name, { bubbles: true }));
}

function goTo(field, line) {
  const before = field.value.split("\n").slice(0, line - 1).join("\n").length;
  const start = line > 1 ? before + 1 : 0;
  const end = field.value.indexOf("\n", start);
  field.focus();
  field.setSelectionRange(start, end < 0 ? field.value.length : end);
}
