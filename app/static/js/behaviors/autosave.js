// Keeps what somebody writes, every few seconds while they write, and when the page is left or hidden.
// data-autosave is where to; the element with data-saved says when it was; data-return is the address under which
// the page shows it again; with data-unsaved it holds what nobody has kept yet.
const EVERY_MS = 4000;

export function connect(form, signal) {
  const said = form.querySelector("[data-saved]");
  const written = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  let kept = "unsaved" in form.dataset ? "" : written().toString();
  let timer;

  const keep = async () => {
    clearTimeout(timer);
    timer = undefined;
    const body = written();
    const present = body.toString();
    if (form.dataset.sent || present === kept) return;
    try {
      const response = await fetch(form.dataset.autosave, { method: "POST", body, redirect: "error", keepalive: present.length < 60_000 });
      if (!response.ok) throw new Error(response.status);
      kept = present;
      said.textContent = `Draft saved ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`;
      if (form.dataset.return) history.replaceState(history.state, "", form.dataset.return);
    } catch {
      said.textContent = "Draft not saved yet";
      timer ??= setTimeout(keep, EVERY_MS);
    }
  };

  if (!kept) timer = setTimeout(keep, EVERY_MS);
  document.getElementById("discard-draft")?.addEventListener("submit", () => (form.dataset.sent = "yes"), { signal });
  form.addEventListener("input", () => (timer ??= setTimeout(keep, EVERY_MS)));
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("visibilitychange", () => document.hidden && keep(), { signal });
  window.addEventListener("pagehide", keep, { signal });
}
