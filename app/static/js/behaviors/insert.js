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
  if (element.dataset.insert !== undefined) return element.dataset.insert;
  try {
    const answer = await fetch(element.dataset.insertFrom, { headers: { Accept: "text/plain" } });
    return answer.ok && !answer.redirected ? await answer.text() : null;
  } catch {
    return null; // no network: the form says it in its own way
  }
}
