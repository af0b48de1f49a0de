/* The tool for galleries: made of pictures from the library or of new ones, and put in order. */

import { figureOf } from "./figures.js";
import { arrangePictures } from "./gallery_dialog.js";

const MIN_PICTURES = 2;
// As in postportal/richtext/galleries.py.
export const MAX_PICTURES = 12;

/* The gallery with the cursor: its node and where it begins. */
const galleryAt = ({ selection: { $from, node } }, before) => {
  if (node?.type.name === "gallery") return { node, from: before };
  for (let depth = $from.depth; depth > 0; depth -= 1)
    if ($from.node(depth).type.name === "gallery") return { node: $from.node(depth), from: $from.before(depth) };
  return null;
};

/** Puts the figures with these pictures, which follow each other, into a gallery. */
export const joinFigures = (editor, sources) => {
  const found = [];
  editor.state.doc.forEach((node, from) => {
    if (node.type.name === "figure" && sources.has(node.attrs.src)) found.push({ node, from });
  });
  if (found.length < MIN_PICTURES) return;
  const last = found[found.length - 1];
  editor
    .chain()
    .focus()
    .insertContentAt(
      { from: found[0].from, to: last.from + last.node.nodeSize },
      { type: "gallery", content: found.map(({ node }) => node.toJSON()) },
    )
    .run();
};

export const galleriesOf = (editor, { chain, addresses }) => {
  /* Adds a gallery, or changes the one with the cursor. */
  const editGallery = async () => {
    const gallery = galleryAt(editor.state, editor.state.selection.from);
    const parts = gallery ? gallery.node.toJSON().content : [];
    const figures = parts.filter(({ type }) => type === "figure");
    const others = parts.filter(({ type }) => type !== "figure");
    const chosen = await arrangePictures(
      figures.map((figure) => ({ figure, thumbnail: figure.attrs.src, title: figure.attrs.alt })),
      { ...addresses, min: MIN_PICTURES, max: MAX_PICTURES },
    );
    if (!chosen) return;
    const content = [...chosen.map((picture) => picture.figure ?? figureOf(picture)), ...others];
    if (gallery) {
      const to = gallery.from + gallery.node.nodeSize;
      chain().insertContentAt({ from: gallery.from, to }, { type: "gallery", content }).run();
      return;
    }
    // After the block with the cursor, with a caption of all and a paragraph in which the text goes on.
    const { $to } = editor.state.selection;
    const after = $to.depth ? $to.after(1) : $to.pos;
    const node = { type: "gallery", content: [...content, { type: "paragraph" }] };
    chain()
      .insertContentAt(after, [node, { type: "paragraph" }])
      .run();
  };
  return { editGallery };
};
