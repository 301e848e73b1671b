// Gives every block of code in the element a button that copies it.
const SAID_MS = 1600;

export function connect(prose) {
  if (!navigator.clipboard) return;
  for (const figure of prose.querySelectorAll("figure.code")) {
    const caption = figure.querySelector("figcaption") ?? figure.insertAdjacentElement("afterbegin", newCaption());
    caption.append(newButton(figure.querySelector("pre")));
  }
}

function newCaption() {
  const caption = document.createElement("figcaption");
  caption.append(document.createElement("span"));
  return caption;
}

function newButton(code) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn--quiet btn--sm";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(typed(code));
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), SAID_MS);
  });
  return button;
}

// What one would type: without the prompts.
function typed(code) {
  const copy = code.cloneNode(true);
  for (const prompt of copy.querySelectorAll(".tok-p")) prompt.remove();
  return copy.textContent;
}
