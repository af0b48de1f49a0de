/* The search of the archive for a person goes on while its page is open: one bounded step after the other. Without this
   script the button does one step, and the background the others. */

const region = () => document.getElementById("name-scan");

const step = async () => {
  const form = region();
  if (!form || !form.querySelector("[name=go_on]")) return;
  const body = new FormData(form);
  body.set("go_on", "1");
  try {
    const answer = await fetch(window.location.href, { method: "POST", body });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("name-scan");
    if (!next) return;
    form.replaceWith(next);
    // What was chosen in the list stays chosen: the new proposals are shown when the search is over.
    if (next.querySelector("[name=go_on]")) await step();
    else if (!document.querySelector(".mentions-to-confirm")) window.location.reload();
  } catch {
    // Logged out or offline: the background goes on.
  }
};

step();
