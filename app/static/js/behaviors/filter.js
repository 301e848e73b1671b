// A list to be narrowed: what is typed into the field of [data-filter] hides the buttons that do not say it.
// Arrow keys move through what is left.
export function connect(menu) {
  const label = menu.querySelector("[data-filter]");
  const field = label.querySelector("input");
  const buttons = [...menu.querySelectorAll("button[data-insert-from]")];
  label.hidden = false;
  menu.addEventListener("toggle", () => menu.open && field.focus());
  field.addEventListener("input", () => {
    const words = field.value.trim().toLowerCase();
    for (const button of buttons) button.hidden = !button.textContent.toLowerCase().includes(words);
  });
  menu.addEventListener("keydown", (event) => {
    const left = [field, ...buttons.filter((button) => !button.hidden)];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      left[Math.min(left.length - 1, Math.max(0, left.indexOf(document.activeElement) + step))].focus();
    } else if (event.key === "Enter" && event.target === field) {
      event.preventDefault();
      left[1]?.click();
    }
  });
}
