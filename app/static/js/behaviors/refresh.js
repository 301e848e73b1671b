// Asks for the page again now and then, which costs nothing while nothing has happened (304), and puts the
// same element of the new page in its place.
const EVERY_MS = 15_000;

export function connect(part, signal) {
  let etag = "";
  const look = async () => {
    if (document.hidden) return;
    try {
      const response = await fetch(location.href, { headers: etag ? { "If-None-Match": etag } : {} });
      etag = response.headers.get("ETag") ?? "";
      if (response.status !== 200) return;
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById(part.id);
      if (fresh) part.replaceChildren(...fresh.childNodes);
    } catch {
      // offline: the next look will tell
    }
  };
  const timer = setInterval(look, EVERY_MS);
  signal.addEventListener("abort", () => clearInterval(timer));
}
