/* Keeps what is typed, every 20 seconds and on leaving. It is offered when the form is opened again; it is not
   saved. */

const SAVE_INTERVAL = 20000;
// What a browser still sends for a page that is going away.
const MAX_BEACON_BYTES = 60000;
const key = document.querySelector("[data-autosave]");
const form = key && key.form;

if (form) {
  const said = document.createElement("p");
  said.className = "autosave-status quiet";
  (form.querySelector(".submit-row") || form).append(said);
  let kept = null;
  let isSent = false;
  let request = null;

  const fields = () => {
    const typed = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") typed.append(name, value);
    return typed;
  };

  const say = (text, isAlert) => {
    if (said.textContent === text) return;
    if (isAlert) said.setAttribute("role", "alert");
    else said.removeAttribute("role");
    said.classList.toggle("is-lost", isAlert);
    said.textContent = text;
  };

  const keep = async (isLeaving = false) => {
    if (isSent || kept === null) return;
    const body = fields();
    const text = body.toString();
    if (text === kept) return;
    const before = kept;
    kept = text;
    request = new AbortController();
    try {
      const answer = await fetch(key.dataset.autosave, {
        method: "POST",
        body,
        // A page that asks for a password is no answer.
        redirect: "error",
        keepalive: isLeaving && text.length < MAX_BEACON_BYTES,
        ...(isLeaving ? {} : { signal: request.signal }),
      });
      if (answer.status === 413) say(key.dataset.large, true);
      else if (!answer.ok) throw new Error(answer.statusText);
      else say(key.dataset.said.replace("%s", (await answer.json()).kept_at), false);
    } catch {
      if (isSent || isLeaving) return;
      kept = before;
      say(key.dataset.lost, true);
    }
  };

  // The editor tidies its text when it starts: only what somebody does is a change.
  const begin = () => {
    if (kept === null) kept = fields().toString();
  };
  for (const name of ["keydown", "pointerdown", "beforeinput", "drop", "paste"])
    document.addEventListener(name, begin, true);
  if (key.dataset.taken) kept = fields().toString();

  window.setInterval(keep, SAVE_INTERVAL);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep(true));
  window.addEventListener("pagehide", () => keep(true));
  form.addEventListener("submit", () => {
    isSent = true;
    request?.abort();
    // Where the answer does not come, typing goes on.
    window.setTimeout(() => (isSent = false), 2 * SAVE_INTERVAL);
  });
}
