/* Icons of the text editor's tools, drawn on 24 units with a stroke. */

const PATHS = {
  bold: "M7 5h6a3.500 3.500 0 0 1 0 7H7zM7 12h7a3.500 3.500 0 0 1 0 7H7z",
  italic: "M10 5h7M7 19h7M14 5l-4 14",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.700-5.700L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.700 5.700L12 17",
  bullets: "M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01",
  numbers: "M10 6h10M10 12h10M10 18h10M4 4.500 5.500 4v4.500M4 14.500c0-2 3-1.500 2.500 0L4 18.500h3",
  quote: "M5 17c3-1 4-3 4-6V6H4v6h4M15 17c3-1 4-3 4-6V6h-5v6h4",
  plus: "M12 5v14M5 12h14",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M9 9h.01",
  gallery: "M3 6h8v12H3zM13 6h8v12h-8zM3 15l3-3 3 4M13 15l3-3 4 4",
  play: "M4 5h16v14H4zM10 9v6l5-3z",
  phone: "M5 4h4l1.500 5-2.500 1.500a11 11 0 0 0 5.500 5.500L15 13.500l5 1.500v4c-9 1-16-6-15-15",
  document: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  snippet: "M4 5h16v14H4zM8 10h8M8 14h5",
  footnote: "M4 7h9M4 12h9M4 17h6M17 5l2-1.500V12",
  table: "M4 5h16v14H4zM4 10h16M4 14.500h16M10 5v14",
  notice: "M4 5h16v14H4zM8 5v14",
  pullquote: "M4 4h16M4 20h16M7 15c2-1 3-2 3-4V8.500H6.500V12H9M15 15c2-1 3-2 3-4V8.500h-3.500V12H17",
  line: "M4 12h16M8 7h8M8 17h8",
  undo: "M8 5 4 9l4 4M4 9h10a5 5 0 0 1 0 10h-4",
  redo: "m16 5 4 4-4 4M20 9H10a5 5 0 0 0 0 10h4",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  globe: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17M3.500 12h17M12 3.500c-5 5-5 12 0 17 5-5 5-12 0-17",
  strike: "M4 12h16M16.500 7.500c-1-5-12-4-8 3M7 16c1 5 12 5 10-1",
  sub: "M4 6l8 10M12 6 4 16M16 15.500c0-2 4-1.800 4 .2 0 1.300-4 2.300-4 4.300h4",
  sup: "M4 9l8 10M12 9 4 19M16 4.500c0-2 4-1.800 4 .2C20 6 16 7 16 9h4",
  clear: "M7 5h12M12 5l-3 14M5 20h7M15 15l5 5M20 15l-5 5",
  html: "m8 7-5 5 5 5M16 7l5 5-5 5M14 5l-4 14",
};
const NAMESPACE = "http://www.w3.org/2000/svg";

/** Returns the icon. Its button has the name, so it has none itself. */
export const icon = (name) => {
  const svg = document.createElementNS(NAMESPACE, "svg");
  const path = document.createElementNS(NAMESPACE, "path");
  for (const [attribute, value] of [
    ["viewBox", "0 0 24 24"],
    ["class", "rich-icon"],
    ["aria-hidden", "true"],
    ["focusable", "false"],
  ])
    svg.setAttribute(attribute, value);
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
};
