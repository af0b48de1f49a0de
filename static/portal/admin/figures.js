/* Pictures of the library as nodes of the text editor. */

/** Returns a picture as a figure with its caption and credit. */
export const figureOf = ({ src, srcset, width, height, alt, caption, credit }) => {
  const content = [];
  if (caption) content.push({ type: "text", text: credit ? `${caption} ` : caption });
  if (credit) content.push({ type: "text", text: credit, marks: [{ type: "credit" }] });
  return { type: "figure", attrs: { src, srcset, width, height, alt }, content };
};

/** Returns the content of the editor for pictures, with a paragraph in which the text goes on. */
export const figuresOf = (pictures) => [...pictures.map(figureOf), { type: "paragraph" }];
