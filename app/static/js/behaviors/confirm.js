// Asks before something that cannot be undone: data-confirm="Delete 3 tickets?" on the button.
export function connect(button) {
  button.addEventListener("click", (event) => {
    if (window.confirm(button.dataset.confirm)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
}
