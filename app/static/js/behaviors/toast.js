// Goes after 8 seconds, but not while it is pointed at or holds the focus.
const STAYS_MS = 8000;

export function connect(toast) {
  let timer;
  const leave = () => (timer = setTimeout(() => toast.remove(), STAYS_MS));
  const stay = () => clearTimeout(timer);
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stay);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, leave);
  leave();
}
