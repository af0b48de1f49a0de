/* Work that is longer than a request goes on while its page is open: one bounded step after the other. Without this
   script the button does one step, and the background the others. */

// Milliseconds between two steps: SQLite lets one connection write at a time, and others want to save.
const PAUSE = 200;

const region = () => document.getElementById("steps");

const step = async () => {
  const form = region();
  if (!form || !form.querySelector("[name=go_on]")) return;
  const body = new FormData(form);
  body.set("go_on", "1");
  try {
    const answer = await fetch(window.location.href, { method: "POST", body });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("steps");
    if (!next) return;
    form.replaceWith(next);
    // What was chosen in a list stays chosen: new rows of the list are shown with the next page.
    if (next.querySelector("[name=go_on]")) window.setTimeout(step, PAUSE);
    else if (!document.querySelector(".mentions-to-confirm")) window.location.reload();
  } catch {
    // Logged out or offline: the background goes on.
  }
};

step();
