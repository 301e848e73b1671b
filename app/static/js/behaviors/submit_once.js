// A form that is on its way is not sent again. The button says so; it is never disabled.
export function connect(form, signal) {
  const rest = () => {
    delete form.dataset.sent;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  };
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  form.addEventListener("htmx:afterRequest", rest);
  window.addEventListener("pageshow", rest, { signal });
}
