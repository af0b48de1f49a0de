/* Autosaves the form every 20 seconds and when the page is left. The text is offered when the form is opened again; the
   item itself is not saved. */

const SAVE_INTERVAL = 20000;
// Browsers limit the size of a request that outlives its page.
const MAX_BEACON_BYTES = 60000;
const key = document.querySelector("[data-autosave]");
const form = key && key.form;

if (form) {
  const status = document.createElement("p");
  status.className = "autosave-status quiet";
  (document.querySelector(".bar-state") || form.querySelector(".submit-row") || form).append(status);
  let autosaved = null;
  let isSent = false;
  let request = null;

  const fields = () => {
    const typed = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") typed.append(name, value);
    return typed;
  };

  const showStatus = (text, isAlert) => {
    if (status.textContent === text) return;
    if (isAlert) status.setAttribute("role", "alert");
    else status.removeAttribute("role");
    status.classList.toggle("is-lost", isAlert);
    status.textContent = text;
  };

  const isTooLarge = (typed) =>
    typed.toString().length > Number(key.dataset.maxBytes) || typed.size > Number(key.dataset.maxFields);

  const autosave = async (isLeaving = false) => {
    if (isSent || autosaved === null) return;
    const body = fields();
    if (isTooLarge(body)) {
      showStatus(key.dataset.tooLargeMessage, true);
      return;
    }
    const text = body.toString();
    if (text === autosaved) return;
    const before = autosaved;
    autosaved = text;
    request = new AbortController();
    try {
      const answer = await fetch(key.dataset.autosave, {
        method: "POST",
        body,
        // A redirect to the login page is not an answer.
        redirect: "error",
        keepalive: isLeaving && text.length < MAX_BEACON_BYTES,
        ...(isLeaving ? {} : { signal: request.signal }),
      });
      if (answer.status === 413) showStatus(key.dataset.tooLargeMessage, true);
      else if (!answer.ok) throw new Error(answer.statusText);
      else showStatus(key.dataset.savedMessage.replace("%s", (await answer.json()).autosaved_at), false);
    } catch {
      if (isSent || isLeaving) return;
      autosaved = before;
      showStatus(key.dataset.failedMessage, true);
    }
  };

  // The editor tidies its text when it starts; only what somebody does counts as a change.
  const begin = () => {
    if (autosaved === null) autosaved = fields().toString();
  };
  for (const name of ["keydown", "pointerdown", "beforeinput", "drop", "paste"])
    document.addEventListener(name, begin, true);
  if (key.dataset.restored) autosaved = fields().toString();

  window.setInterval(autosave, SAVE_INTERVAL);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && autosave(true));
  window.addEventListener("pagehide", () => autosave(true));
  form.addEventListener("submit", (event) => {
    if (isTooLarge(fields())) {
      // The server would refuse it, and some browsers forget the text of a page that they left.
      event.preventDefault();
      showStatus(key.dataset.tooLargeMessage, true);
      status.scrollIntoView({ block: "center" });
      return;
    }
    isSent = true;
    request?.abort();
    // If there is no answer, the page stays and so does the autosave.
    window.setTimeout(() => (isSent = false), 2 * SAVE_INTERVAL);
  });
}
