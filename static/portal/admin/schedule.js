/* The button that schedules says when: the moment in the field, whatever was typed there last. */
const button = document.querySelector("button[data-due]");
const field = button && document.getElementById(button.dataset.due);

const inWords = (value) => {
  // The field says what the portal's own clock will show, so no zone may come between.
  const moment = new Date(`${value}${value.length === 16 ? ":00" : ""}Z`);
  if (Number.isNaN(moment.getTime())) return "";
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const options = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  const day = new Intl.DateTimeFormat(language, options).format(moment).replace(",", "");
  const time = value.slice(11).replace(/:00$/, (end, at) => (at > 2 ? "" : end));
  return `${day}, ${time} ${button.dataset.zone}`;
};

const say = () => {
  const words = inWords(field.value);
  button.textContent = words ? button.dataset.label.replace("%s", words) : button.dataset.plain;
};

if (field) {
  button.dataset.plain = button.textContent;
  field.addEventListener("input", say);
  say();
}
