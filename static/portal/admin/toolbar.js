/* The toolbar of the text editor: one row that stays in view, one stop of the Tab key, and a menu for what has no
   room. */

import { element } from "./dialogs.js";
import { icon } from "./icons.js";
import { menu } from "./toolbar_menu.js";
import { barTools, blockTools, insertTools, moreTools, tableTools } from "./tools.js";

const gettext = window.gettext || ((text) => text);

const BLOCKS = [
  ["paragraph", gettext("Paragraph")],
  ["2", gettext("Heading 2")],
  ["3", gettext("Heading 3")],
  ["4", gettext("Heading 4")],
];

const blockSelect = (editor, chain) => {
  const select = element("select", { "aria-label": gettext("Paragraph style"), class: "rich-block" });
  for (const [value, text] of BLOCKS) select.append(element("option", { value, text }));
  select.addEventListener("change", () => {
    if (select.value === "paragraph") chain().setParagraph().run();
    else
      chain()
        .setHeading({ level: Number(select.value) })
        .run();
  });
  const update = () => {
    select.value = editor.isActive("heading") ? String(editor.getAttributes("heading").level) : "paragraph";
  };
  return { node: select, update };
};

/* A tool shows its icon in the bar and its name in a menu; in both it has the name. */
const toolButton = ({ name, label, keys, icon: iconName, run, isActive, isShown }) => {
  const button = element("button", { type: "button", class: `rich-button rich-${name}` });
  if (iconName) button.append(icon(iconName));
  button.append(element("span", { class: iconName ? "rich-name" : "rich-word", text: label }));
  if (iconName) button.dataset.tip = keys ? `${label} (${keys})` : label;
  button.addEventListener("click", run);
  const update = () => {
    if (isActive) button.setAttribute("aria-pressed", isActive() ? "true" : "false");
    if (isShown) button.hidden = !isShown();
  };
  return { button, update };
};

const group = (...nodes) => element("div", { class: "rich-group" }, ...nodes);

const menuOf = (name, label, iconName, tools) => {
  const parts = tools.map(toolButton);
  const { node, opener, list, open } = menu(`rich-${name}`, label, iconName && icon(iconName));
  list.append(...parts.map(({ button }) => element("li", {}, button)));
  const update = () =>
    parts.forEach((part) => {
      part.update();
      part.button.parentElement.hidden = part.button.hidden;
    });
  return { node, opener, list, open, update };
};

/* Moves the tools that matter least to the menu until the others fit into one row. */
const fitter = (toolbar, ranked, list) => {
  const places = ranked.map(({ button, rank }) => ({ button, rank, home: button.parentElement }));
  const byRank = [...places].sort((one, other) => one.rank - other.rank);
  return () => {
    for (const { button, home } of places) {
      if (button.parentElement === home) continue;
      button.parentElement.remove();
    }
    const homes = new Set(places.map(({ home }) => home));
    for (const home of homes) {
      home.hidden = false;
      home.append(...places.filter((place) => place.home === home).map(({ button }) => button));
    }
    for (const { button, home } of byRank) {
      if (toolbar.scrollWidth <= toolbar.clientWidth) break;
      list.prepend(element("li", {}, button));
      home.hidden = !home.children.length;
    }
  };
};

/* One of the tools can be reached with Tab, the others with the arrow keys. */
const rove = (toolbar, toText) => {
  const stops = () =>
    [...toolbar.querySelectorAll("select, button")].filter(
      (stop) => !stop.closest(".rich-sheet") && stop.checkVisibility(),
    );
  const makeStop = (stop) => {
    toolbar.querySelectorAll("select, button").forEach((other) => (other.tabIndex = other === stop ? 0 : -1));
  };
  toolbar.addEventListener("focusin", ({ target }) => {
    if (!target.closest(".rich-sheet")) makeStop(target);
  });
  toolbar.addEventListener("keydown", (event) => {
    if (event.target.closest(".rich-sheet") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      toText();
      return;
    }
    const all = stops();
    const index = all.indexOf(event.target);
    const step = getComputedStyle(toolbar).direction === "rtl" ? -1 : 1;
    const moves = { ArrowRight: index + step, ArrowLeft: index - step, Home: 0, End: all.length - 1 };
    if (!(event.key in moves)) return;
    event.preventDefault();
    all.at(moves[event.key] % all.length).focus();
  });
  const refresh = () => {
    const all = stops();
    if (!all.some((stop) => stop.tabIndex === 0)) makeStop(all[0]);
  };
  makeStop(stops()[0]);
  return refresh;
};

/** Returns the toolbar, and a function that shows the state of the text at the cursor. `attach` starts it. */
export const toolbarOf = (editor, actions, label) => {
  const toolbar = element("div", {
    class: "rich-toolbar",
    role: "toolbar",
    "aria-label": `${label}: ${gettext("formatting")}`,
  });
  const block = blockSelect(editor, actions.chain);
  const groups = barTools(editor, actions).map((tools) =>
    tools.map((tool) => ({ ...toolButton(tool), rank: tool.rank })),
  );
  const insert = menuOf("insert", gettext("Insert"), "plus", insertTools(editor, actions));
  const table = menuOf("table-tools", gettext("Table tools"), "table", tableTools(editor, actions));
  const more = menuOf("more", gettext("More tools"), "more", moreTools(editor, actions));
  const own = blockTools(editor, actions).map(toolButton);
  const [marks, links, lists, history] = groups.map((parts) => group(...parts.map(({ button }) => button)));
  const ownGroup = group(...own.map(({ button }) => button), table.node);
  toolbar.append(group(block.node), marks, links, lists, group(insert.node), ownGroup, history, group(more.node));

  const fit = fitter(toolbar, groups.flat(), more.list);
  let shape = "";
  let refresh = () => {};
  const update = () => {
    [block, ...groups.flat(), insert, table, more, ...own].forEach((part) => part.update());
    table.node.hidden = !editor.isActive("table");
    ownGroup.hidden = [...ownGroup.children].every((child) => child.hidden);
    const now = [...ownGroup.children].map((child) => Number(child.hidden)).join("");
    if (now !== shape && toolbar.isConnected) {
      shape = now;
      fit();
      refresh();
    }
  };
  const attach = () => {
    refresh = rove(toolbar, () => editor.view.focus());
    new ResizeObserver(() => {
      fit();
      refresh();
    }).observe(toolbar.parentElement);
    update();
  };
  return { toolbar, update, attach, openInsert: insert.open };
};
