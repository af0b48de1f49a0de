/* Picture files before they are in the library: their order, how they look, and their upload. */

const compare = (one, other) => one.name.localeCompare(other.name, undefined, { numeric: true });

/** Returns the files in the order of their names, in which 10 follows 9. */
export const byName = (files) => [...files].sort(compare);

/** Draws the picture, at most `maxWidth` pixels wide. Fails for files that are no pictures. */
export const drawFile = async (file, canvas, maxWidth) => {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, maxWidth / bitmap.width);
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
};

/** Uploads a picture and returns it as the library has it. Fails with the reasons of the server. */
export const uploadFile = async (url, fields) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  const answer = await fetch(url, { method: "POST", body: data, headers: { Accept: "application/json" } });
  const result = answer.status === 201 || answer.status === 422 ? await answer.json() : {};
  if (result.picture) return result.picture;
  const errors = Object.values(result.errors || {}).flat();
  throw new Error(errors.map((error) => error.message).join(" "));
};
