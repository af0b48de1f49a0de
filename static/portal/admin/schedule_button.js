/* The schedule buttons name the time in the field. */
const gettext = window.gettext || ((text) => text);
const labels = [...document.querySelectorAll("[data-due-field]")];
const field = labels.length && document.getElementById(labels[0].dataset.dueField);
const plainLabels = new Map(labels.map((label) => [label, label.textContent.trim()]));

const inWords = (value) => {
  // The value is in the portal's time zone, so it must not be converted.
  const moment = new Date(`${value}${value.length === 16 ? ":00" : ""}Z`);
  if (Number.isNaN(moment.getTime())) return "";
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const options = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  const day = new Intl.DateTimeFormat(language, options).format(moment).replace(",", "");
  const time = value.slice(11).replace(/:00$/, (end, at) => (at > 2 ? "" : end));
  return gettext("{day}, {time} {zone}")
    .replace("{day}", day)
    .replace("{time}", time)
    .replace("{zone}", labels[0].dataset.timeZone);
};

const showTime = () => {
  const time = inWords(field.value);
  for (const label of labels) {
    label.textContent = time ? label.dataset.timeLabel.replace("%s", time) : plainLabels.get(label);
  }
};

if (field) {
  field.addEventListener("input", showTime);
  showTime();
}
