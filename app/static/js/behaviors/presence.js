// Says every few seconds that this ticket is in front of somebody, and whether they write, and shows who
// else is there. data-presence is where to.
const EVERY_MS = 10_000;

export function connect(place, signal) {
  const form = document.querySelector("form[data-autosave]");
  const token = form?.elements.namedItem("csrf_token")?.value ?? "";
  const tell = async (left = "") => {
    if (document.hidden && !left) return;
    const body = new URLSearchParams({ csrf_token: token, left });
    if (form?.elements.namedItem("text").value.trim()) body.set("writes", "yes");
    try {
      const response = await fetch(place.dataset.presence, { method: "POST", body, keepalive: true });
      if (response.status !== 200) return;
      const said = (await response.text()).trim();
      if (place.innerHTML.trim() !== said) place.innerHTML = said;
    } catch {
      // offline: whoever else is there will not see us for a while
    }
  };
  tell();
  const timer = setInterval(() => tell(), EVERY_MS);
  window.addEventListener("pagehide", () => tell("yes"), { signal });
  signal.addEventListener("abort", () => clearInterval(timer));
}
