// Says that what this page shows is seen: sends the form in the bell, whose data-left is how much is unread then.
export async function connect(form, signal) {
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual", keepalive: true, signal });
    if (answer.type === "opaqueredirect") show(form.previousElementSibling, Number(form.dataset.left));
  } catch {
    // offline, or gone on already: it stays unread
  }
}

function show(bell, left) {
  const count = bell.querySelector(".bell-count");
  if (left) count.textContent = count.textContent.includes("+") ? count.textContent : left;
  else count.remove();
  bell.ariaLabel = left ? `Notifications, ${count.textContent} unread` : "Notifications";
}
