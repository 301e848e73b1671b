// Sends a form and shows what comes back where the form was. Without a script or a connection it is sent as any other.
export function connect(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const shown = await answer(form);
    if (!shown) return form.submit();
    shown.tabIndex = -1;
    form.replaceWith(shown);
    shown.focus({ preventScroll: true });
  });
  // A choice that needs no more words is sent at once, but not while somebody goes through them by keys.
  form.addEventListener("click", (event) => {
    if (event.detail && event.target.matches("[data-sends]")) form.requestSubmit();
  });
}

async function answer(form) {
  const body = new URLSearchParams(new FormData(form));
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (!response.ok) return null;
    return new DOMParser().parseFromString(await response.text(), "text/html").body.firstElementChild;
  } catch {
    return null;
  }
}
