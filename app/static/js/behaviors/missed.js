// Says once that this search found nothing: sends the form, so that writers learn what is looked for.
export async function connect(form, signal) {
  try {
    await fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, signal });
  } catch {
    // offline, or gone on already: it is not counted
  }
}
