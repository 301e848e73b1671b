// Shows below the field of a form how its text will look, until it is changed. Without script the button opens a
// window with it.
export function connect(button) {
  const field = button.form.elements.namedItem("text");
  let shown;
  const hide = () => {
    shown?.remove();
    shown = undefined;
    button.setAttribute("aria-expanded", "false");
  };
  const show = (section) => {
    hide();
    shown = section;
    shown.tabIndex = -1;
    field.after(shown);
    shown.focus();
    button.setAttribute("aria-expanded", "true");
  };

  hide();
  field.addEventListener("input", hide);
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    if (shown) {
      hide();
      return field.focus();
    }
    const page = new DOMParser().parseFromString(await rendered(button, field.value), "text/html");
    show(page.querySelector(".preview") ?? page.querySelector("main"));
  });
}

async function rendered(button, text) {
  const body = new URLSearchParams({ csrf_token: button.form.elements.namedItem("csrf_token")?.value ?? "", text });
  try {
    return await (await fetch(button.formAction, { method: "POST", body })).text();
  } catch {
    return "<p class=preview>There is no connection. Try again in a moment.";
  }
}
