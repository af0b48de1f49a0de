/* Header rows and columns of tables. */

const tableAt = (editor) => {
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1)
    if ($from.node(depth).type.name === "table") return { node: $from.node(depth), start: $from.start(depth) };
  return null;
};

/* The cells of the first row or column, with their places. */
const cellsOf = ({ node, start }, isRow) => {
  const cells = [];
  node.forEach((row, rowOffset, rowIndex) => {
    row.forEach((cell, cellOffset, cellIndex) => {
      if ((isRow ? rowIndex : cellIndex) === 0) cells.push({ cell, place: start + rowOffset + 1 + cellOffset });
    });
  });
  return cells;
};

const areHeaders = (cells) => cells.length > 0 && cells.every(({ cell }) => cell.type.name === "tableHeader");

const toggle = (editor, isRow) => {
  const found = tableAt(editor);
  if (!found) return;
  const cells = cellsOf(found, isRow);
  const isHeader = !areHeaders(cells);
  const corner = cellsOf(found, !isRow)[0]?.place;
  const isKept = !isHeader && areHeaders(cellsOf(found, !isRow).slice(1));
  const { tr: transaction, schema } = editor.state;
  for (const { cell, place } of cells) {
    // The corner belongs to the other header too.
    if (isKept && place === corner) continue;
    const type = schema.nodes[isHeader ? "tableHeader" : "tableCell"];
    transaction.setNodeMarkup(place, type, { ...cell.attrs, scope: null });
  }
  if (isRow && !isHeader && found.node.firstChild.attrs.part)
    transaction.setNodeMarkup(found.start, null, { ...found.node.firstChild.attrs, part: null });
  editor.view.dispatch(transaction);
  editor.view.focus();
};

/** Returns the actions for header rows and columns, and whether the table has them. */
export const headersOf = (editor) => {
  const has = (isRow) => () => {
    const found = tableAt(editor);
    return Boolean(found) && areHeaders(cellsOf(found, isRow));
  };
  return {
    toggleHeaderRow: () => toggle(editor, true),
    toggleHeaderColumn: () => toggle(editor, false),
    hasHeaderRow: has(true),
    hasHeaderColumn: has(false),
  };
};

const withoutHeaders = (doc, each) =>
  doc.descendants((node, place) => {
    if (node.type.name !== "table" || node.childCount < 2) return;
    let hasHeader = false;
    node.descendants((cell) => {
      if (cell.type.name === "tableHeader") hasHeader = true;
    });
    if (!hasHeader) each(node, place);
  });

/** Returns the number of tables without any header. */
export const countWithoutHeaders = (editor) => {
  let count = 0;
  withoutHeaders(editor.state.doc, () => (count += 1));
  return count;
};

/** Makes the first row of each table without headers its header row. */
export const addHeaderRows = (editor) => {
  const { tr: transaction, schema, doc } = editor.state;
  withoutHeaders(doc, (table, place) => {
    for (const { cell, place: at } of cellsOf({ node: table, start: place + 1 }, true))
      transaction.setNodeMarkup(at, schema.nodes.tableHeader, cell.attrs);
  });
  editor.view.dispatch(transaction);
  editor.view.focus();
};
