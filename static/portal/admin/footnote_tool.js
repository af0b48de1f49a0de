/* Footnotes: a numbered link in the text, and the list of notes at its end. Saving puts them in order. */

const gettext = window.gettext || ((text) => text);

/** Returns true if an element of the text has this id. */
export const hasId = (doc, id) => {
  let isFound = false;
  doc.descendants((node) => {
    if (node.attrs.id === id || node.marks.some((mark) => mark.attrs.id === id)) isFound = true;
    return !isFound;
  });
  return isFound;
};

const notesOf = (doc) => {
  let found = null;
  doc.forEach((node, offset) => {
    if (node.type.name === "orderedList" && node.attrs.notes) found = { node, end: offset + node.nodeSize };
  });
  return found;
};

/* The numbers of the references in the order of the text, as the server counts them. */
const renumber = (transaction) => {
  const numbers = new Map();
  const changes = [];
  transaction.doc.descendants((node, place) => {
    if (!node.isText) return;
    const link = node.marks.find((mark) => /^s-fnref-/.test(mark.attrs.id || ""));
    if (!link) return;
    if (!numbers.has(link.attrs.href)) numbers.set(link.attrs.href, numbers.size + 1);
    const number = String(numbers.get(link.attrs.href));
    if (node.text !== number && /^\d+$/.test(node.text)) changes.push({ node, place, number });
  });
  for (const { node, place, number } of changes.reverse())
    transaction.replaceWith(place, place + node.nodeSize, node.type.schema.text(number, node.marks));
};

const insert = (editor, words) => {
  const { schema, doc } = editor.state;
  let number = 1;
  while (hasId(doc, `s-fn-${number}`) || hasId(doc, `s-fnref-${number}`)) number += 1;
  const { paragraph, listItem, orderedList } = schema.nodes;
  const item = listItem.create({ id: `s-fn-${number}` }, paragraph.create(null, schema.text(words)));
  const transaction = editor.state.tr;
  const notes = notesOf(doc);
  if (notes) transaction.insert(notes.end - 1, item);
  else transaction.insert(doc.content.size, orderedList.create({ notes: true }, item));
  const marks = [
    schema.marks.link.create({ href: `#s-fn-${number}`, id: `s-fnref-${number}` }),
    schema.marks.superscript.create(),
  ];
  const place = editor.state.selection.to;
  transaction.insert(place, schema.text("0", marks));
  renumber(transaction);
  transaction.setStoredMarks([]);
  editor.view.dispatch(transaction);
  editor.view.focus();
};

export const footnotesOf = (editor, ask) => ({
  addFootnote: async () => {
    const answer = await ask(
      gettext("Add footnote"),
      [{ name: "words", label: gettext("Text of the footnote"), required: true, maxlength: 1000 }],
      { check: ({ words }) => (words.trim() ? {} : { words: gettext("Enter the text of the footnote.") }) },
    );
    if (answer) insert(editor, answer.words.trim());
  },
});
