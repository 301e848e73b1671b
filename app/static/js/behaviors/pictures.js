// Pictures dropped on a text, pasted into it or chosen are sent to data-upload one by one; what comes back is put where
// the caret is.  [data-told] says how far it is, and in words what went wrong.
import { write } from "../lib/writing.js";

const LOST = "It could not be sent. Check the connection and try again.";

export function connect(editor, signal) {
  const field = editor.querySelector("textarea");
  const chosen = editor.querySelector("[data-pictures]");
  const told = editor.querySelector("[data-told]");

  let sending = 0;

  const take = async (event, files) => {
    if (!files.length) return;
    event.preventDefault(); // a browser would leave the page for the file
    const pictures = [...files].filter((file) => file.type.startsWith("image/"));
    if (pictures.length < files.length) told.textContent = "Only pictures can be put into the text.";
    sending += pictures.length;
    for (const file of pictures) {
      await add(file);
      sending -= 1;
    }
  };
  const add = async (file) => {
    const mark = `![Sending ${file.name.replace(/[[\]\n]/g, "")}…]()`;
    write(field, mark);
    try {
      const { markdown } = await send(file, editor.dataset.upload, field.form, (percent) => {
        told.textContent = `Sending ${file.name}: ${percent} %`;
      }, signal);
      swap(field, mark, markdown);
      told.textContent = `${file.name} is in the text. Say in the brackets what it shows.`;
    } catch (fault) {
      swap(field, mark, "");
      told.textContent = `${file.name}: ${fault.message}`;
    }
  };

  chosen?.addEventListener("change", async (event) => {
    await take(event, chosen.files);
    chosen.value = "";
  });
  editor.addEventListener("dragover", (event) => event.preventDefault());
  editor.addEventListener("drop", (event) => take(event, event.dataTransfer.files));
  field.addEventListener("paste", (event) => take(event, event.clipboardData.files));
  field.form.addEventListener("submit", (event) => {
    if (!sending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    told.textContent = "A picture is still on its way. Save when it is in the text.";
  }, { capture: true, signal });
}

function swap(field, mark, text) {
  const at = field.value.indexOf(mark);
  if (at >= 0) write(field, text, at, at + mark.length);
}

// A request that tells how far it is, which fetch does not.
function send(file, address, form, tell, signal) {
  const body = new FormData();
  body.set("csrf_token", form.elements.namedItem("csrf_token")?.value ?? "");
  body.set("file", file, file.name || "picture.png");
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => event.lengthComputable && tell(Math.round((100 * event.loaded) / event.total)));
    request.addEventListener("error", () => reject(new Error(LOST)));
    request.addEventListener("load", () => {
      const answer = parsed(request.responseText);
      if (request.status < 300 && answer.markdown) resolve(answer);
      else reject(new Error(answer.error ?? LOST));
    });
    signal.addEventListener("abort", () => request.abort());
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.send(body);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
