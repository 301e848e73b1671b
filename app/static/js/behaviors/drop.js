// Files dropped on a form or pasted into it join those that were chosen.
export function connect(form) {
  const field = form.querySelector("input[type=file]");
  const said = form.querySelector("[data-files]");
  const add = (files) => {
    const all = new DataTransfer();
    for (const file of [...field.files, ...files]) all.items.add(file);
    field.files = all.files;
    tell();
  };
  const tell = () => {
    said.textContent = [...field.files].map((file) => file.name).join(", ");
  };
  field.addEventListener("change", tell);
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    add(event.dataTransfer.files);
  });
  form.addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    add(event.clipboardData.files);
  });
}
