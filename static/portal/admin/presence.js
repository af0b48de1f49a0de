/* Tells the server every 20 seconds that the form is open, and shows who else has it open. */

const PING_INTERVAL = 20000;
const place = document.querySelector("[data-presence-url]");
const form = document.querySelector("input[name=_version]")?.form;

if (place && form && place.dataset.presenceUrl) {
  let isSent = false;

  const fields = (more) => {
    const body = new URLSearchParams(more);
    for (const name of ["csrfmiddlewaretoken", "_version"]) body.set(name, form.elements[name].value);
    return body;
  };

  const show = (lines) => {
    const shown = [...place.children].map((line) => line.textContent);
    if (shown.join("\n") === lines.join("\n")) return;
    place.replaceChildren(
      ...lines.map((text) => {
        const line = document.createElement("p");
        line.textContent = text;
        return line;
      }),
    );
  };

  const ping = async () => {
    try {
      const answer = await fetch(place.dataset.presenceUrl, { method: "POST", body: fields(), redirect: "error" });
      if (!answer.ok) return;
      const { others, saved } = await answer.json();
      show(saved ? [...others, saved] : others);
    } catch {
      // Logged out or offline: try again next time.
    }
  };

  window.setInterval(ping, PING_INTERVAL);
  window.addEventListener("pageshow", (event) => event.persisted && ping());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ping());
  form.addEventListener("submit", () => (isSent = true));
  window.addEventListener("pagehide", () => {
    // A save returns to the same form.
    if (!isSent) navigator.sendBeacon(place.dataset.presenceUrl, fields({ leave: "1" }));
  });
}
