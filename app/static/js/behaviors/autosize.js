// A textarea as tall as its text, where the browser does not do it by itself (field-sizing).
export function connect(textarea) {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = () => {
    textarea.style.height = "auto";
    textarea.style.height = `${textarea.scrollHeight + 2}px`;
  };
  textarea.addEventListener("input", fit);
  fit();
}
