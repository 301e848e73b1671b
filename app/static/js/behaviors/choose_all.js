// A box in the head of a table that chooses all the boxes below it.
export function connect(box) {
  box.addEventListener("change", () => {
    for (const each of box.closest("table").tBodies[0].querySelectorAll("input[type=checkbox]")) each.checked = box.checked;
  });
}
