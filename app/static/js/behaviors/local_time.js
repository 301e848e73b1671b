// Turns a <time> to the reader's own clock: its title always, its text with data-format="moment".
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayOfYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" });
const fullDay = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });

export function connect(time) {
  const at = new Date(time.dateTime);
  time.title = `${fullDay.format(at)}, ${clock.format(at)}`;
  if (time.dataset.format === "moment") time.textContent = moment(at, new Date());
}

// The same words as the filter `moment` of the server.
function moment(at, now) {
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days === 0) return `today ${clock.format(at)}`;
  if (days === 1) return `yesterday ${clock.format(at)}`;
  if (at.getFullYear() === now.getFullYear()) return `${dayOfYear.format(at)}, ${clock.format(at)}`;
  return fullDay.format(at);
}

function midnight(at) {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate());
}
