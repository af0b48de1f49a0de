/* What the portal understands of a number or of opening hours, beside the field while it is typed, and what readers
   would see of the form at some moment. Without this script, the form says so when it is shown and saved, and the
   moment opens in a new tab. */

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
    input.after(place);
  }
  if (!place.hasAttribute("aria-live")) {
    place.setAttribute("aria-live", "polite");
    input.setAttribute("aria-describedby", [input.getAttribute("aria-describedby"), id].filter(Boolean).join(" "));
  }
  return place;
};

const listItem = (line) => {
  const item = document.createElement("li");
  item.textContent = line;
  return item;
};

const parts = async (answer, selector) => {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return (selector ? page.querySelector(selector) : page.body).childNodes;
};

const ask = async (input) => {
  const place = output(input);
  const url = new URL(box.dataset.readBackUrl, document.baseURI);
  const region = input.name.endsWith("-number") && form.elements[input.name.replace(/number$/, "region")];
  url.searchParams.set("kind", input.dataset.readBack);
  url.searchParams.set("typed", input.value);
  url.searchParams.set("region", region ? region.value : "");
  try {
    const answer = await fetch(url);
    const isWeek = input.dataset.readBack === "week";
    const nodes = isWeek ? await parts(answer) : (await answer.json()).lines.map(listItem);
    if (url.searchParams.get("typed") === input.value) place.replaceChildren(...nodes);
  } catch {
    // Logged out or offline: the form says it when it is saved.
  }
};

/* Numbers and hours that differ from what is stored, in the panel. */
const showChanges = () => {
  const panel = form.querySelector("[data-changes]");
  if (!panel) return;
  const changed = [...form.querySelectorAll("[data-read-back]")].filter(
    (input) => !input.name.includes("__prefix__") && input.value !== input.defaultValue,
  );
  const lines = changed.map((input) => [input.defaultValue, input.value].filter(Boolean).join(" → "));
  panel.querySelector("ul").replaceChildren(...lines.map(listItem));
  panel.hidden = !lines.length;
};

const tryMoment = async (button) => {
  const place = form.querySelector("[data-moment]");
  try {
    const answer = await fetch(button.dataset.momentUrl, { method: "POST", body: new FormData(form) });
    if (answer.ok) place.replaceChildren(...(await parts(answer, "[data-moment]")));
  } catch {
    // Logged out or offline: what stands there stays.
  }
};

if (form) {
  const timers = new Map();
  const later = (key, action) => {
    window.clearTimeout(timers.get(key));
    timers.set(key, window.setTimeout(action, DELAY));
  };
  const isTemplate = (input) => input.name.includes("__prefix__");
  const button = form.querySelector("[data-moment-url]");
  const moment = form.querySelector("[name=try_moment]");

  form.addEventListener("input", (event) => {
    if (button && moment.value) later(button, () => tryMoment(button));
    const name = event.target.name || "";
    const input = name.endsWith("-region") ? form.elements[name.replace(/region$/, "number")] : event.target;
    if (!input || !input.dataset.readBack) return;
    showChanges();
    later(input, () => ask(input));
  });
  button?.addEventListener("click", (event) => {
    event.preventDefault();
    tryMoment(button);
  });
  for (const input of form.querySelectorAll("[data-read-back]")) {
    if (isTemplate(input)) continue;
    if (input.value && input.dataset.readBack === "hours") ask(input);
    else output(input);
  }
}
