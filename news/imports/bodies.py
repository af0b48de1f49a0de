"""Conversion of the text of a line: HTML, partly HTML or plain text."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from news.imports.article_line import PictureFile
from news.imports.paragraphs import split_paragraphs
from news.imports.pictures import PictureFolder
from news.imports.shortcodes import replace_shortcodes
from postportal.richtext.allowed_html import KNOWN_TAGS
from postportal.richtext.left_out import LeftOut
from postportal.richtext.plain_text import text_to_html
from postportal.richtext.sanitize import CleanHtml, clean_html

# "a <b and c> d" is arithmetic, not bold.
_HTML_TAG = re.compile(
    rf"</?(?:{'|'.join(sorted(KNOWN_TAGS, key=len, reverse=True))})(?:\s+[\w:-]+\s*=[^<>]*)?\s*/?>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Body:
    """A converted text, which knows what was left out of it. `refused_pictures` names pictures with the reasons."""

    html: CleanHtml
    refused_pictures: list[str] = field(default_factory=list)


def read_body(text: str, *, pictures: PictureFolder, gallery: Sequence[PictureFile] = ()) -> Body:
    """Return the text as clean HTML, with its pictures from the folder and those of the gallery at its end."""
    text, codes = replace_shortcodes(text)
    refused: list[str] = []
    if _HTML_TAG.search(text):
        html, refused = pictures.take_all(split_paragraphs(text))
    else:
        html = text_to_html(text)
    if gallery:
        figures = pictures.figures(gallery)
        html, refused = f"{html}\n{figures.html}", [*refused, *figures.refused]
        # It is the gallery that the shortcode stands for.
        codes.pop("gallery", None)
    return _body(clean_html(html), codes, refused=refused)


def _body(clean: CleanHtml, codes: Counter[str], *, refused: list[str]) -> Body:
    left_out = LeftOut(codes)
    if refused:
        left_out["missing_picture"] = len(refused)
    return Body(CleanHtml(clean, clean.left_out.plus(left_out)) if left_out else clean, refused)
