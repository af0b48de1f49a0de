/* The tools for video and audio: own recordings with a player, and videos of other sites as a picture with a link. */

import { chooseDocument } from "./document_dialog.js";
import { figureOf } from "./figures.js";

const gettext = window.gettext || ((text) => text);

const siteOf = (url) => {
  try {
    const { protocol, hostname } = new URL(url);
    return protocol === "https:" ? hostname.replace(/^(www|m)\./, "") : "";
  } catch {
    return "";
  }
};

export const recordingsOf = (editor, { chain, addresses, dialogs }) => {
  /* After the block with the cursor, with a paragraph in which the text goes on. */
  const insertBlock = (block) => {
    const { $to } = editor.state.selection;
    const after = $to.depth ? $to.after(1) : $to.pos;
    chain()
      .insertContentAt(after, [block, { type: "paragraph" }])
      .run();
  };

  const addRecording = async () => {
    const title = gettext("Add video or audio");
    const chosen = await chooseDocument(addresses.documentsUrl, { title, filter: { recordings: "1" } });
    if (!chosen) return;
    const marks = [{ type: "link", attrs: { href: chosen.url } }];
    insertBlock({ type: "paragraph", content: [{ type: "text", text: chosen.words, marks }] });
  };

  /* Nothing is loaded from the other site: an editor chooses the picture. */
  const addVideoLink = async () => {
    const sites = addresses.videoSites.split(" ");
    const known = gettext("Videos of these sites: %s").replace("%s", sites.join(", "));
    const field = { name: "url", label: gettext("URL of the video"), type: "url", required: true, help: known };
    const check = ({ url }) => (sites.includes(siteOf(url.trim())) ? {} : { url: known });
    const submit = gettext("Choose a picture");
    const answer = await dialogs.ask(gettext("Video on another site"), [field], { submit, check });
    if (!answer) return;
    const picture = await dialogs.choosePicture(addresses);
    if (!picture) return;
    const figure = figureOf(picture);
    insertBlock({ ...figure, attrs: { ...figure.attrs, href: answer.url.trim() } });
  };
  return { addRecording, addVideoLink };
};
