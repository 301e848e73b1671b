// Small questions about the page.

// The elements that match, the root itself among them.
export function within(root, selector) {
  return [...(root.matches(selector) ? [root] : []), ...root.querySelectorAll(selector)];
}

// Whether a key pressed here is text, not a command.
export function takesText(element) {
  return Boolean(element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]"));
}

// Whether a key is held that makes the key below it somebody else's.
export function withModifier(event) {
  return event.ctrlKey || event.metaKey || event.altKey;
}
