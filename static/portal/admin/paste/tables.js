/* Tables of pasted markup: caption, rows and cells, with a header row if the first row looks like one. */

const SPANS = ["colspan", "rowspan"];
const rowsOf = (table) => [...table.querySelectorAll("tr")].filter((row) => row.closest("table") === table);
const cellsOf = (row) => [...row.children].filter((cell) => /^t[dh]$/.test(cell.localName));

/** Returns true for a table that only places its content, such as the frame of a mail. */
export const isLayout = (table) => {
  const rows = rowsOf(table);
  if (table.querySelector("th, caption")) return false;
  return table.getAttribute("role") === "presentation" || rows.every((row) => cellsOf(row).length < 2);
};

const isBold = (element, styleOf) =>
  /^(b|strong)$/.test(element.localName) || /^(bold|[6-9]\d\d)/.test(styleOf(element)["font-weight"] || "");

/* Whether all words of the cell are bold. */
const isBoldCell = (cell, styleOf) => {
  const walker = cell.ownerDocument.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  let hasWords = false;
  while (walker.nextNode()) {
    if (!walker.currentNode.data.trim()) continue;
    hasWords = true;
    let element = walker.currentNode.parentElement;
    while (element !== cell && !isBold(element, styleOf)) element = element.parentElement;
    if (!isBold(element, styleOf)) return false;
  }
  return hasWords;
};

const hasHeaderRow = (rows, styleOf) => {
  const [first, second] = rows;
  if (!second || cellsOf(first).length < 2) return false;
  if (first.parentElement.localName === "thead") return true;
  const filled = cellsOf(first).filter((cell) => cell.textContent.trim());
  const areBold = filled.length > 1 && filled.every((cell) => isBoldCell(cell, styleOf));
  return areBold && !rows.slice(1).every((row) => cellsOf(row).every((cell) => isBoldCell(cell, styleOf)));
};

const isRight = (cell, styleOf) =>
  [cell, ...cell.querySelectorAll("p, div")].some(
    (each) => each.getAttribute("align")?.toLowerCase() === "right" || styleOf(each)["text-align"] === "right",
  );

/* A wide first row above the headings of the columns is the title of the table. */
const isTitle = (rows, styleOf) => {
  const [first, second] = rows.map(cellsOf);
  return (
    first.length === 1 && first[0].colSpan > 1 && rows.length > 2 && second.every((cell) => isBoldCell(cell, styleOf))
  );
};

const isBlank = (row) => cellsOf(row).every((cell) => !cell.textContent.trim() && !cell.querySelector("img"));

/** Writes the table. `fill(cell, container, isHead)` writes the content of a cell. */
export const writeTable = (table, { writer, styles: { styleOf } }, fill) => {
  const rows = rowsOf(table).filter((row) => !isBlank(row));
  if (!rows.length) return;
  const result = writer.element("table");
  const own = [...table.children].find((child) => child.localName === "caption");
  const caption = own || (isTitle(rows, styleOf) ? rows.shift() : null);
  if (caption?.textContent.trim()) {
    const words = writer.element("caption");
    words.textContent = caption.textContent.replace(/\s+/g, " ").trim();
    result.append(words);
  }
  const body = writer.element("tbody");
  const isHeaded = hasHeaderRow(rows, styleOf);
  rows.forEach((row, index) => {
    const line = writer.element("tr");
    for (const cell of cellsOf(row)) line.append(cellFor(cell, { writer, styleOf, fill, isHead: isHeaded && !index }));
    body.append(line);
  });
  result.append(body);
  writer.append(result);
};

const cellFor = (cell, { writer, styleOf, fill, isHead }) => {
  const isHeader = isHead || cell.localName === "th";
  const spans = Object.fromEntries(
    SPANS.map((name) => [name, cell.getAttribute(name)]).filter(([, value]) => Number(value) > 1),
  );
  const result = writer.element(isHeader ? "th" : "td", {
    ...spans,
    ...(isRight(cell, styleOf) && { class: "r" }),
    ...(cell.localName === "th" && { scope: cell.getAttribute("scope") }),
  });
  fill(cell, result, isHeader);
  return result;
};
