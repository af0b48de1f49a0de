/* The form of a handover: proposes the last day of who acts, and shows what readers will see while it is typed. Without
   this script the portal proposes the day and shows the steps when the form is saved. */

const DELAY = 400;
const DAY = 86400000;
const section = document.querySelector("[data-timeline-url]");
const form = document.getElementById("handover_form");

const propose = () => {
  const { first_day: first, acting_until: until, acting } = form.elements;
  const isFree = !until.value || until.dataset.proposed === until.value;
  if (!isFree || !acting.value || !first.value) return;
  until.value = new Date(Date.parse(first.value) - DAY).toISOString().slice(0, 10);
  until.dataset.proposed = until.value;
};

let asked = 0;
const show = async () => {
  asked += 1;
  const mine = asked;
  try {
    const answer = await fetch(section.dataset.timelineUrl, { method: "POST", body: new FormData(form) });
    if (!answer.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    section.querySelector("[data-timeline]").replaceChildren(...page.body.childNodes);
  } catch {
    // Logged out or offline: the form says it when it is saved.
  }
};

if (section && form) {
  let timer = 0;
  const later = () => {
    propose();
    window.clearTimeout(timer);
    timer = window.setTimeout(show, DELAY);
  };
  form.addEventListener("input", later);
  // select2 only triggers jQuery's own event.
  window.django.jQuery(form).on("change", later);
}
