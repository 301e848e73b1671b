// Puts a text where the cursor is: data-insert="text", or data-insert-from="/address" to fetch it, on a button
// inside; data-into="#id" names the field. Without script the button sends the form.
import { write } from "../lib/writing.js";

export function connect(menu) {
  menu.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-insert], [data-insert-from]");
    const field = document.querySelector(menu.dataset.into);
    if (!button || !field) return;
    event.preventDefault();
    const text = await textOf(button);
    if (text === null) return button.form?.requestSubmit(button);
    if (menu.matches("details")) menu.open = false;
    menu.closest("dialog")?.close();
    write(field, text);
  });
}

export async function textOf(element) {
  const { insert, insertFrom, insertBy } = element.dataset;
  if (insert !== undefined) return insert;
  try {
    const answer = await fetch(insertBy ?? insertFrom, insertBy ? posted(element) : { headers: { Accept: "text/plain" } });
    return answer.ok && !answer.redirected ? await answer.text() : null;
  } catch {
    return null; // no network: the form says it in its own way
  }
}

// data-insert-by is noted on the ticket, so it is posted: data-kind and data-ref say what.
function posted(element) {
  const body = new FormData();
  body.set("csrf_token", element.closest("form").elements.csrf_token.value);
  body.set("kind", element.dataset.kind);
  body.set("ref", element.dataset.ref);
  return { method: "POST", body, headers: { Accept: "text/plain" } };
}
