// Opens data-dialog="#id" as a modal dialog. Without script the link leads to a page that does the same.
export function connect(opener) {
  opener.addEventListener("click", (event) => {
    const dialog = document.querySelector(opener.dataset.dialog);
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
  });
}
