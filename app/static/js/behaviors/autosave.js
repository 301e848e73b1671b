// Keeps what somebody writes: a few seconds after the last key, and when the page is left or hidden.
// data-autosave is where to; the element with data-saved says when it was.
const PAUSE_MS = 2000;

export function connect(form, signal) {
  const text = form.elements.namedItem("text");
  const said = form.querySelector("[data-saved]");
  let kept = text.value;
  let timer;

  const keep = async () => {
    clearTimeout(timer);
    if (form.dataset.sent || text.value === kept) return;
    const present = text.value;
    const body = new FormData();
    for (const name of ["csrf_token", "kind", "text"]) body.set(name, new FormData(form).get(name) ?? "");
    try {
      const response = await fetch(form.dataset.autosave, { method: "POST", body, keepalive: present.length < 60_000 });
      if (!response.ok) throw new Error(response.status);
      kept = present;
      said.textContent = `Draft saved ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`;
    } catch {
      said.textContent = "Draft not saved yet";
      timer = setTimeout(keep, PAUSE_MS * 2);
    }
  };

  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE_MS);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("visibilitychange", () => document.hidden && keep(), { signal });
  window.addEventListener("pagehide", keep, { signal });
}
