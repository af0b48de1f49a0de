/* What the portal understands of a number or of opening hours, under the field while it is typed. Without this script
   the form says so when it is saved. */

const DELAY = 300;
const box = document.querySelector("[data-read-back-url]");
const form = box && box.closest("form");

const output = (input) => {
  const id = `${input.id}-read-back`;
  let place = document.getElementById(id);
  if (!place) {
    place = document.createElement("ul");
    place.id = id;
    place.className = "read-back";
    place.setAttribute("aria-live", "polite");
    input.after(place);
    input.setAttribute("aria-describedby", [input.getAttribute("aria-describedby"), id].filter(Boolean).join(" "));
  }
  return place;
};

const ask = async (input) => {
  const place = output(input);
  const url = new URL(box.dataset.readBackUrl, document.baseURI);
  const region = input.name.endsWith("-number") && form.elements[input.name.replace(/number$/, "region")];
  url.searchParams.set("kind", input.dataset.readBack);
  url.searchParams.set("typed", input.value);
  url.searchParams.set("region", region ? region.value : "");
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (url.searchParams.get("typed") !== input.value) return;
    const lines = (await answer.json()).lines;
    place.replaceChildren(
      ...lines.map((line) => {
        const item = document.createElement("li");
        item.textContent = line;
        return item;
      }),
    );
  } catch {
    // Logged out or offline: the form says it when it is saved.
  }
};

if (form) {
  const timers = new Map();
  const isTemplate = (input) => input.name.includes("__prefix__");
  form.addEventListener("input", (event) => {
    const name = event.target.name || "";
    const input = name.endsWith("-region") ? form.elements[name.replace(/region$/, "number")] : event.target;
    if (!input || !input.dataset.readBack) return;
    window.clearTimeout(timers.get(input));
    timers.set(
      input,
      window.setTimeout(() => ask(input), DELAY),
    );
  });
  for (const input of form.querySelectorAll("[data-read-back]")) if (input.value && !isTemplate(input)) ask(input);
}
