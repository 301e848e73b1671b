// The toolbar over a text in Markdown: data-format on its buttons, and the keys that they name in data-keys.
// Everything is written as if it were typed, so undo takes it back; [data-told] says what was done.
import { write } from "../lib/writing.js";

const AROUND = {
  bold: ["**", "**", "bold words"],
  italic: ["*", "*", "words"],
  code: ["`", "`", "code"],
  link: ["[", "](https://)", "words"],
};
const BEFORE = { heading: "## ", quote: "> ", list: "- ", numbered: "1. ", tasks: "- [ ] " };
const BLOCKS = {
  table: "| First | Second |\n| --- | --- |\n|  |  |",
  callout: "/// note | Title\nText\n///",
  tabs: "/// tab | First\nText\n///\n\n/// tab | Second\nText\n///",
  details: "/// details | What unfolds\nText\n///",
};
const ANY_BEFORE = /^(#{1,6} |> |- \[[ x]\] |- |\d+\. )/;

export function connect(editor) {
  const field = editor.querySelector("textarea");
  const told = editor.querySelector("[data-told]");
  const buttons = [...editor.querySelectorAll("[data-format]")];
  const run = (button) => {
    apply(field, button.dataset.format);
    told.textContent = button.ariaLabel;
  };

  editor.addEventListener("click", (event) => {
    const button = event.target.closest("[data-format]");
    if (button) run(button);
  });
  field.addEventListener("keydown", (event) => {
    const button = buttons.find((each) => each.dataset.keys && fits(event, each.dataset.keys));
    if (button) {
      event.preventDefault();
      event.stopPropagation();
      run(button);
    } else if (event.key === "Enter" && !event.isComposing && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
      goOn(event, field);
    }
  });
  field.form.addEventListener("keydown", (event) => {
    if (!fits(event, "Ctrl+S")) return;
    event.preventDefault();
    field.form.querySelector('[data-keys="Ctrl+S"]')?.click();
  });
  rove(editor.querySelector("[role=toolbar]"));
}

function apply(field, format) {
  if (AROUND[format]) surround(field, ...AROUND[format]);
  else if (BEFORE[format]) begin(field, BEFORE[format], format === "numbered");
  else if (format === "article") write(field, "[[");
  else put(field, BLOCKS[format]);
}

// What is chosen between two marks; taken out again where it is between them already.
function surround(field, open, close, words) {
  const { selectionStart: from, selectionEnd: to, value } = field;
  const chosen = value.slice(from, to);
  if (chosen && value.slice(from - open.length, from) === open && value.slice(to, to + close.length) === close) {
    write(field, chosen, from - open.length, to + close.length);
    return field.setSelectionRange(from - open.length, to - open.length);
  }
  const inside = chosen || words;
  write(field, open + inside + close, from, to);
  if (close.includes("://")) {
    const address = from + open.length + inside.length + 2;
    return field.setSelectionRange(chosen ? address : from + open.length, chosen ? address + "https://".length : from + open.length + inside.length);
  }
  field.setSelectionRange(from + open.length, from + open.length + inside.length);
}

// The chosen lines with a mark before each, or without it where each has it.
function begin(field, mark, counted) {
  const from = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const end = field.value.indexOf("\n", field.selectionEnd);
  const to = end < 0 ? field.value.length : end;
  const lines = field.value.slice(from, to).split("\n");
  const named = (at) => (counted ? `${at + 1}. ` : mark);
  const have = lines.every((line, at) => line.startsWith(named(at)));
  const made = lines.map((line, at) => (have ? line.slice(named(at).length) : named(at) + line.replace(ANY_BEFORE, "")));
  write(field, made.join("\n"), from, to);
}

// A block between empty lines.
function put(field, block) {
  const before = field.value.slice(0, field.selectionStart);
  const lead = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  write(field, `${lead}${block}\n\n`);
}

// Enter in a list begins the next entry; in an empty entry it ends the list.
function goOn(event, field) {
  if (field.selectionStart !== field.selectionEnd) return;
  const from = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const line = field.value.slice(from, field.selectionStart);
  const [, indent, mark, words] = line.match(/^(\s*)(- \[[ x]\] |[-*] |\d+\. |> )(.*)$/) ?? [];
  if (!mark) return;
  event.preventDefault();
  if (!words) return write(field, "", from, field.selectionStart);
  const next = mark.replace(/\d+/, (number) => Number(number) + 1).replace("[x]", "[ ]");
  write(field, `\n${indent}${next}`);
}

function fits(event, keys) {
  const wanted = keys.split("+");
  const key = wanted.at(-1);
  const pressed = /^\d$/.test(key) ? event.code === `Digit${key}` : key === "." ? event.code === "Period" : event.key.toUpperCase() === key;
  return pressed && (event.ctrlKey || event.metaKey) && !event.altKey && event.shiftKey === wanted.includes("Shift");
}

// One stop of the Tab key for the whole bar; arrows move inside it.
function rove(bar) {
  const stops = () => [...bar.querySelectorAll("button, input")];
  bar.addEventListener("keydown", (event) => {
    const all = stops();
    const at = all.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = all[(to + all.length) % all.length];
    for (const each of all) each.tabIndex = each === next ? 0 : -1;
    next.focus();
  });
}
