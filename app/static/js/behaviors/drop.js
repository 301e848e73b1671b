// Files dropped on a form or pasted into it join those that were chosen. What will be sent stands in [data-files], with
// pictures shown small, and each can be taken out again.
const THUMB_PX = 96;

export function connect(form) {
  const field = form.querySelector("input[type=file]");
  const shown = form.querySelector("[data-files]");
  const put = (files) => {
    const all = new DataTransfer();
    for (const file of files) all.items.add(file);
    field.files = all.files;
    tell();
  };
  const tell = () => {
    const files = [...field.files];
    const leave = (gone) => put(files.filter((file) => file !== gone));
    shown.replaceChildren(...(files.length ? [listed(files, leave)] : []));
  };
  const take = (event, { files }) => {
    if (!files.length) return;
    event.preventDefault();
    put([...field.files, ...files]);
  };
  field.addEventListener("change", tell);
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => take(event, event.dataTransfer));
  form.addEventListener("paste", (event) => take(event, event.clipboardData));
  tell();
}

function listed(files, leave) {
  const list = document.createElement("ul");
  for (const file of files) {
    const line = document.createElement("li");
    if (file.type.startsWith("image/")) line.append(thumb(file));
    line.append(file.name, taker(file, leave));
    list.append(line);
  }
  return list;
}

function taker(file, leave) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "linklike";
  button.textContent = "Remove";
  button.ariaLabel = `Remove ${file.name}`;
  button.addEventListener("click", () => leave(file));
  return button;
}

// Drawn here, so that no address has to be made for what has not been sent.
function thumb(file) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = THUMB_PX;
  canvas.ariaHidden = "true";
  createImageBitmap(file).then(
    (image) => {
      const side = Math.min(image.width, image.height);
      const [x, y] = [(image.width - side) / 2, (image.height - side) / 2];
      canvas.getContext("2d").drawImage(image, x, y, side, side, 0, 0, THUMB_PX, THUMB_PX);
    },
    () => canvas.remove(), // no picture after all
  );
  return canvas;
}
