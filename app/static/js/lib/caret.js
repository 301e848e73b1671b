// How far below the top of a text field the line with the cursor ends, in pixels; measured on a copy of the field.
const COPIED = ["font", "letterSpacing", "lineHeight", "padding", "border", "boxSizing", "tabSize", "textIndent"];

export function caretBottom(field) {
  const copy = document.createElement("div");
  const style = getComputedStyle(field);
  for (const name of COPIED) copy.style[name] = style[name];
  Object.assign(copy.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word", width: `${field.offsetWidth}px` });
  copy.textContent = field.value.slice(0, field.selectionEnd);
  const cursor = copy.appendChild(document.createElement("span"));
  cursor.textContent = ".";
  document.body.append(copy);
  const bottom = cursor.offsetTop + cursor.offsetHeight - field.scrollTop;
  copy.remove();
  return bottom;
}
