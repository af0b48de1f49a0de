/* The schedule button names the time in the field. */
const gettext = window.gettext || ((text) => text);
const button = document.querySelector("button[data-due-field]");
const field = button && document.getElementById(button.dataset.dueField);
const plainLabel = button?.textContent.trim();

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
    .replace("{zone}", button.dataset.timeZone);
};

const showTime = () => {
  const time = inWords(field.value);
  button.textContent = time ? button.dataset.timeLabel.replace("%s", time) : plainLabel;
};

if (field) {
  field.addEventListener("input", showTime);
  showTime();
}
