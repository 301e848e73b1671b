// Asks for the page again now and then, which costs nothing while nothing has happened (304), and puts the
// same element of the new page in its place. `data-every` says how many seconds lie between; once the new
// element does not ask for it any more, it is over.
const EVERY_S = 15;

export function connect(part, signal) {
  let etag = "";
  const look = async () => {
    if (document.hidden) return;
    try {
      const response = await fetch(location.href, { headers: etag ? { "If-None-Match": etag } : {} });
      etag = response.headers.get("ETag") ?? "";
      if (response.status !== 200) return;
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById(part.id);
      if (!fresh) return;
      part.replaceChildren(...fresh.childNodes);
      if (!fresh.dataset.behavior) clearInterval(timer);
    } catch {
      // offline: the next look will tell
    }
  };
  const timer = setInterval(look, 1000 * (part.dataset.every ?? EVERY_S));
  signal.addEventListener("abort", () => clearInterval(timer));
}
