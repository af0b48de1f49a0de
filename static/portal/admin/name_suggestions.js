/* Names of people and organizations in the text, as buttons: one click adds the mention. Without this script the button
   saves the form as well. */

const DELAY = 900;
const panel = document.getElementById("name-suggestions");
const form = panel && panel.closest("form");
const group = document.getElementById("mentions-group");

if (form && group) {
  const list = panel.querySelector("ul");
  const unknown = panel.querySelector("[data-unknown-people]");
  const status = panel.querySelector("[role=status]");
  let found = [...list.querySelectorAll("button")].map((button) => ({ ...button.dataset }));
  let asked = null;
  let timer = 0;

  const text = () => ["title", "standfirst", "body"].map((name) => [name, form.elements[name].value]);

  const linked = () =>
    new Set(
      ["person", "organization"].flatMap((kind) =>
        [...group.querySelectorAll(`.inline-related:not(.empty-form) select[name$="-${kind}"]`)]
          .filter((select) => select.value)
          .map((select) => `${kind}-${select.value}`),
      ),
    );

  const draw = () => {
    const taken = linked();
    const isTaken = (suggestion) => taken.has(`${suggestion.kind}-${suggestion.id}`);
    const settled = new Set(found.filter((each) => each.choice && isTaken(each)).map((each) => each.choice));
    const open = found.filter((suggestion) => !isTaken(suggestion) && !settled.has(suggestion.choice));
    list.replaceChildren(
      ...open.map((suggestion) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        const kind = document.createElement("small");
        Object.assign(button.dataset, {
          kind: suggestion.kind,
          id: suggestion.id,
          name: suggestion.name,
          label: suggestion.label,
          choice: suggestion.choice || "",
        });
        button.type = "button";
        button.className = "button";
        kind.textContent = suggestion.kind_in_words || "";
        button.append(`+ ${suggestion.name} `, kind);
        item.append(button);
        return item;
      }),
    );
    panel.hidden = !open.length && !status.textContent && !unknown.children.length;
  };

  const drawUnknown = (people) => {
    unknown.replaceChildren(
      ...people.map((person) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        const title = document.createElement("small");
        link.href = person.url;
        link.target = "_blank";
        link.textContent = `+ ${person.name}`;
        title.textContent = person.title;
        item.append(link, " ", title);
        return item;
      }),
    );
    panel.querySelector("[data-unknown-heading]").hidden = !people.length;
  };

  const link = (suggestion) => {
    group.querySelector(".add-row a").click();
    const row = [...group.querySelectorAll(".inline-related:not(.empty-form)")].pop();
    const select = row.querySelector(`select[name$="-${suggestion.kind}"]`);
    select.append(new Option(suggestion.name, suggestion.id, true, true));
    // select2 only listens to jQuery's own event.
    window.django.jQuery(select).trigger("change");
    row.querySelector("[name$='-label']").value = suggestion.label;
    row.querySelector("[name$='-order']").value = group.querySelectorAll(".inline-related:not(.empty-form)").length;
    form.dispatchEvent(new Event("input", { bubbles: true }));
    status.textContent = panel.dataset.addedMessage.replace("%s", suggestion.name);
    draw();
    (list.querySelector("button") || row.querySelector("[name$='-label']")).focus();
  };

  const ask = async () => {
    const typed = text();
    const now = JSON.stringify(typed);
    if (now === asked) return;
    asked = now;
    const data = new FormData();
    for (const [name, value] of [...typed, ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value]]) {
      data.append(name, value);
    }
    try {
      const answer = await fetch(panel.dataset.url, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json" },
      });
      const named = await answer.json();
      found = named.suggestions;
      drawUnknown(named.people);
      draw();
    } catch {
      // Logged out or offline: the rows can still be added by hand.
    }
  };

  const soon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, DELAY);
  };

  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    link({ ...button.dataset });
  });
  asked = JSON.stringify(text());
  draw();
  for (const name of ["input", "keyup", "change"]) form.addEventListener(name, soon);
}
